import tf from '@tensorflow/tfjs';
import { compareWithCpu, randomTensor } from './compare-backends.test-support.ts';

type Case = [
  input: [number, number, number, number],
  filter: [number, number],
  strides: [number, number],
  pad: 'valid' | 'same' | number,
];

const cases: Case[] = [
  [[2, 8, 8, 3], [2, 2], [2, 2], 'valid'],
  [[2, 9, 7, 3], [2, 2], [2, 2], 'valid'],
  [[2, 9, 7, 3], [2, 2], [2, 2], 'same'],
  [[2, 9, 7, 3], [3, 3], [2, 2], 'same'],
  [[2, 8, 8, 3], [3, 2], [1, 1], 'valid'],
  [[1, 8, 8, 2], [3, 3], [1, 1], 1],
];

const gradient = (
  x: tf.Tensor4D,
  filter: [number, number],
  strides: [number, number],
  pad: 'valid' | 'same' | number,
): tf.Tensor[] => {
  const rounding = typeof pad === 'number' ? 'floor' : undefined;
  const pool = (input: tf.Tensor) => tf.maxPool(input as tf.Tensor4D, filter, strides, pad, rounding);
  return [tf.grad(pool)(x, randomTensor<tf.Rank.R4>(pool(x).shape, 3))];
};

test.each(cases)(
  'max pooling %j by %j, strides %j, padding %j has the gradient of the JavaScript backend',
  async (inputShape, filter, strides, pad) => {
    const difference = await compareWithCpu(() =>
      gradient(randomTensor<tf.Rank.R4>(inputShape, 1), filter, strides, pad),
    );
    expect(difference).toBeLessThan(1e-6);
  },
);

test('of equal values the first gets the gradient', async () => {
  const difference = await compareWithCpu(() =>
    gradient(tf.ones<tf.Rank.R4>([1, 4, 4, 2]), [2, 2], [2, 2], 'valid'),
  );
  expect(difference).toBe(0);
});
