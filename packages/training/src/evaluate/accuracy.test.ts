import { accuracy } from './accuracy.ts';

describe('accuracy', () => {
  test('is the share of samples on the diagonal', () => {
    const confusion = [
      [3, 1],
      [2, 4],
    ];
    expect(accuracy(confusion)).toBe(0.7);
  });

  test('is 0 where nothing was counted', () => {
    expect(accuracy([[0]])).toBe(0);
  });
});
