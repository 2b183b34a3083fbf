import tf from '@tensorflow/tfjs';
import { compareWithCpu, randomTensor } from './compare-backends.test-support.ts';

type Padding =
  'valid' | 'same' | number | [[number, number], [number, number], [number, number], [number, number]];
type Case = [
  input: [number, number, number, number],
  filter: [number, number, number, number],
  strides: [number, number],
  pad: Padding,
];

const UNEVEN: Padding = [
  [0, 0],
  [2, 1],
  [0, 3],
  [0, 0],
];

const cases: Case[] = [
  [[2, 8, 8, 3], [3, 3, 3, 5], [1, 1], 'valid'],
  [[2, 8, 8, 3], [3, 3, 3, 5], [1, 1], 'same'],
  [[3, 9, 7, 4], [3, 3, 4, 6], [2, 2], 'same'],
  [[3, 9, 7, 4], [3, 3, 4, 6], [2, 2], 'valid'],
  [[2, 10, 10, 2], [3, 3, 2, 3], [3, 3], 'same'],
  [[2, 7, 9, 2], [2, 4, 2, 3], [1, 2], 'same'],
  [[2, 7, 9, 2], [4, 2, 2, 3], [2, 1], 'valid'],
  [[2, 6, 6, 8], [1, 1, 8, 4], [1, 1], 'valid'],
  [[2, 7, 7, 8], [1, 1, 8, 4], [2, 2], 'same'],
  [[1, 5, 5, 1], [5, 5, 1, 1], [1, 1], 'valid'],
  [[1, 6, 6, 2], [3, 3, 2, 2], [1, 1], 2],
  [[1, 6, 6, 2], [3, 3, 2, 2], [2, 2], 1],
  [[2, 6, 5, 3], [3, 3, 3, 4], [1, 1], UNEVEN],
  [[2, 6, 5, 3], [3, 3, 3, 4], [2, 2], UNEVEN],
  [[1, 4, 4, 2], [2, 2, 2, 3], [1, 1], 3],
  [[1, 8, 8, 2], [2, 2, 2, 3], [3, 3], 'valid'],
];

test.each(cases)(
  'convolution %j by %j, strides %j, padding %j has the gradients of the JavaScript backend',
  async (inputShape, filterShape, strides, pad) => {
    const difference = await compareWithCpu(() => {
      const x = randomTensor<tf.Rank.R4>(inputShape, 1);
      const filter = randomTensor<tf.Rank.R4>(filterShape, 2);
      const y = tf.conv2d(x, filter, strides, pad, 'NHWC', 1, typeof pad === 'string' ? undefined : 'floor');
      const dy = randomTensor<tf.Rank.R4>(y.shape, 3);
      return tf.grads((input: tf.Tensor, kernel: tf.Tensor) =>
        tf.conv2d(
          input as tf.Tensor4D,
          kernel as tf.Tensor4D,
          strides,
          pad,
          'NHWC',
          1,
          typeof pad === 'string' ? undefined : 'floor',
        ),
      )([x, filter], dy);
    });
    expect(difference).toBeLessThan(2e-6);
  },
);

test('a batch that does not fit the patch buffer is worked through in parts', async () => {
  const difference = await compareWithCpu(() => {
    const x = randomTensor<tf.Rank.R4>([5, 32, 32, 48], 1);
    const filter = randomTensor<tf.Rank.R4>([3, 3, 48, 2], 2);
    const convolve = (input: tf.Tensor, kernel: tf.Tensor) =>
      tf.conv2d(input as tf.Tensor4D, kernel as tf.Tensor4D, [1, 2], 'same');
    return tf.grads(convolve)([x, filter], randomTensor<tf.Rank.R4>([5, 32, 16, 2], 3));
  });
  expect(difference).toBeLessThan(5e-6);
});

test('a transposed convolution, whose gradient is a convolution, follows too', async () => {
  const difference = await compareWithCpu(() => {
    const x = randomTensor<tf.Rank.R4>([2, 4, 4, 5], 1);
    const filter = randomTensor<tf.Rank.R4>([3, 3, 4, 5], 2);
    const convolve = (input: tf.Tensor, kernel: tf.Tensor) =>
      tf.conv2dTranspose(input as tf.Tensor4D, kernel as tf.Tensor4D, [2, 8, 8, 4], 2, 'same');
    return tf.grads(convolve)([x, filter], randomTensor<tf.Rank.R4>([2, 8, 8, 4], 3));
  });
  expect(difference).toBeLessThan(2e-6);
});
