import tf from '@tensorflow/tfjs';
import { selectBackend } from '../select-backend.ts';
import { randomTensor } from './compare-backends.test-support.ts';

test('a clone outlives its original, a variable its first value, and the memory is freed with the last', async () => {
  await selectBackend('wasm');
  const before = tf.engine().backend.numDataIds();
  const original = randomTensor<tf.Rank.R1>([4], 1);
  const values = original.arraySync();
  const clone = original.clone();
  const variable = tf.variable(original);
  original.dispose();
  expect(clone.arraySync()).toEqual(values);
  tf.tidy(() => {
    variable.assign(variable.mul(2));
  });
  expect(clone.arraySync()).toEqual(values);
  expect(variable.arraySync()).toEqual(values.map((value) => value * 2));
  tf.dispose([clone, variable]);
  expect(tf.engine().backend.numDataIds()).toBe(before);
});
