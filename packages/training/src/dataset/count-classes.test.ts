import { countClasses } from './count-classes.ts';

test('counts classes and how far they are from even; images without a class count in the whole alone', () => {
  const targets = Float32Array.of(1, 0, 0, 0.4, 0.6, 0, 1, 0, 0, 0, 0, 0, 0.5, 0.5, 0);
  expect(countClasses({ count: 5, targets }, ['a', 'b', 'c'])).toEqual({
    images: 5,
    classes: [
      { label: 'a', images: 3 },
      { label: 'b', images: 1 },
      { label: 'c', images: 0 },
    ],
    imbalance: 3,
  });
});
