import tf from '@tensorflow/tfjs';
import { compareWithCpu, randomTensor } from './compare-backends.test-support.ts';

test.each<[number[], number | number[] | undefined, boolean]>([
  [[4, 5, 6, 3], [0, 1, 2], false],
  [[4, 5, 6, 3], [2, 0, 1], true],
  [[4, 5, 6, 3], [-2, -3, -4], false],
  [[7, 3], 0, false],
  [[7, 3], 1, false],
  [[4, 5, 6, 3], [1, 2], false],
  [[4, 5, 6, 3], [1, 2, 3], true],
  [[4, 5], undefined, false],
])(
  'the sum of %j over axes %j (kept: %j) is that of the JavaScript backend',
  async (shape, axes, keepDims) => {
    const difference = await compareWithCpu(() => [
      tf.sum(randomTensor(shape as [number, number], 1), axes, keepDims),
    ]);
    expect(difference).toBeLessThan(2e-6);
  },
);

test('whole numbers stay whole numbers', async () => {
  const difference = await compareWithCpu(() => [tf.sum(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), 0)]);
  expect(difference).toBe(0);
});

test('a long sum keeps its precision', async () => {
  const difference = await compareWithCpu(() => [tf.sum(tf.ones([100_000, 3]).mul(0.1), 0)]);
  expect(difference).toBeLessThan(1e-6);
});
