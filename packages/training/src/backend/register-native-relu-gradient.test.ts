import tf from '@tensorflow/tfjs';
import { selectBackend } from './select-backend.ts';

const isNative = await selectBackend('tensorflow').then(
  () => true,
  () => false,
);

test(`the gradient of ReLU is 0 below and at zero, 1 above (${isNative ? 'native' : 'composed, for want of native TensorFlow'})`, () => {
  const x = tf.tensor1d([-2, -1e-9, 0, 1e-9, 3]);
  const gradient = tf.grad((input) => tf.relu(input).mul(tf.tensor1d([1, 2, 3, 4, 5])))(x);
  expect([...gradient.dataSync()]).toEqual([0, 0, 0, 4, 5]);
});
