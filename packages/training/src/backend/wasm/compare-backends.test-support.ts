import { createRandom } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { selectBackend } from '../select-backend.ts';

/** Seeded numbers in [-1, 1), as a plain array that either backend can take up. */
export const randomValues = (shape: readonly number[], seed: number): Float32Array => {
  const random = createRandom(seed);
  return Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.uniform(-1, 1));
};

/** Makes a tensor of seeded numbers on the current backend. */
export const randomTensor = <R extends tf.Rank>(shape: tf.ShapeMap[R], seed: number): tf.Tensor<R> =>
  tf.tensor(randomValues(shape, seed), shape);

/** Computes on one backend and reads the results back; frees everything it made. */
export const computeOn = async (
  backend: 'cpu' | 'wasm' | 'tensorflow',
  compute: () => tf.Tensor[],
): Promise<{ shapes: number[][]; values: Float32Array[] }> => {
  await selectBackend(backend);
  const tensors = tf.tidy(compute);
  const values = await Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data())));
  const shapes = tensors.map(({ shape }) => shape);
  tf.dispose(tensors);
  return { shapes, values };
};

/** The largest difference between two lists of numbers, relative to the largest number in the second. */
export const relativeDifference = (actual: Float32Array, expected: Float32Array): number => {
  let largest = 0;
  let difference = actual.length === expected.length ? 0 : Infinity;
  for (const [index, value] of expected.entries()) {
    largest = Math.max(largest, Math.abs(value));
    const here = Math.abs((actual[index] as number) - value);
    difference = Number.isNaN(here) ? Infinity : Math.max(difference, here);
  }
  return difference / (largest || 1);
};

/**
 * Computes the same on TensorFlow.js's own JavaScript backend and on the wasm backend.
 *
 * @returns the largest relative difference over all outputs; Infinity where shapes differ or the oracle is all zero.
 */
export const compareWithCpu = async (compute: () => tf.Tensor[]): Promise<number> => {
  const expected = await computeOn('cpu', compute);
  const actual = await computeOn('wasm', compute);
  if (JSON.stringify(actual.shapes) !== JSON.stringify(expected.shapes)) return Infinity;
  if (expected.values.some((values) => values.every((value) => value === 0))) return Infinity;
  return Math.max(
    ...expected.values.map((values, index) =>
      relativeDifference(actual.values[index] as Float32Array, values),
    ),
  );
};
