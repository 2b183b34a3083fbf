import { alignTargets, UnknownLabelsError } from './align-targets.ts';

const targets = Float32Array.of(1, 2, 3, 4);

describe('alignTargets', () => {
  test('moves columns to where the model has them, and leaves room for classes that the data lacks', () => {
    expect(alignTargets(targets, ['sad', 'happy'], ['happy', 'calm', 'sad'])).toEqual(
      Float32Array.of(2, 0, 1, 4, 0, 3),
    );
  });

  test('copies nothing where the order is the same', () => {
    expect(alignTargets(targets, ['a', 'b'], ['a', 'b'])).toBe(targets);
  });

  test('refuses a class that the model does not know, naming it', () => {
    expect(() => alignTargets(targets, ['happy', 'bored'], ['happy', 'sad'])).toThrow(UnknownLabelsError);
    expect(() => alignTargets(targets, ['happy', 'bored'], ['happy', 'sad'])).toThrow(/the classes bored,/u);
  });
});
