import { NCHW_TO_NHWC } from '../graph/permutation.ts';
import { transposeTensor, type FloatTensor } from '../graph/tensor.ts';

/** Numbers of any type that models take and give, row-major. */
export interface NumberArray {
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** Arrays by name. */
export type Arrays = Readonly<Record<string, NumberArray>>;

/** Images `[batch, channels, height, width]` as `[batch, height, width, channels]`; anything else as it is. */
export const channelsLast = (array: NumberArray): NumberArray =>
  array.shape.length === 4
    ? {
        ...transposeTensor({ ...array, data: Float32Array.from(array.data) } as FloatTensor, NCHW_TO_NHWC),
        dtype: array.dtype,
      }
    : array;

/**
 * How far an array is from the expected one: the largest absolute difference, as a share of the largest expected value
 * where that is above 1. Infinities and NaN have to be the same on both sides.
 *
 * @returns infinity where shapes differ.
 */
export const relativeDifference = (expected: NumberArray, actual: NumberArray): number => {
  if (expected.shape.join() !== actual.shape.join()) return Infinity;
  let largest = 0;
  let scale = 1;
  for (let index = 0; index < expected.data.length; index++) {
    const [one, other] = [expected.data[index] as number, actual.data[index] as number];
    if (Number.isFinite(one)) scale = Math.max(scale, Math.abs(one));
    if (Object.is(one, other) || one === other) continue;
    const difference = Math.abs(one - other);
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
  }
  return largest / scale;
};
