import { permute, type Permutation } from './permutation.ts';
import { elementCount } from './shape.ts';

/**
 * How each element type is stored; the names are ONNX's in lower case. Half floats are held as their bits, bools as one
 * byte each, 0 or 1.
 */
interface Storage {
  float32: Float32Array;
  float16: Uint16Array;
  int8: Int8Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
  bool: Uint8Array;
  string: readonly string[];
}

/** Element types that graphs hold. */
export type DataType = keyof Storage;

/** A constant's elements, row-major. */
export type Tensor = {
  [T in DataType]: { readonly dtype: T; readonly shape: readonly number[]; readonly data: Storage[T] };
}[DataType];

/** A constant of floats. */
export type FloatTensor = Extract<Tensor, { dtype: 'float32' }>;

const assertFilled = (shape: readonly number[], count: number): void => {
  if (count !== elementCount(shape)) {
    throw new RangeError(`A tensor of shape [${shape.join(', ')}] cannot hold ${count} elements.`);
  }
};

/**
 * Makes a float tensor; numbers are rounded to float32.
 *
 * @throws {RangeError} when `data` does not fill `shape`.
 */
export const floatTensor = (shape: readonly number[], data: ArrayLike<number>): FloatTensor => {
  assertFilled(shape, data.length);
  return { dtype: 'float32', shape, data: data instanceof Float32Array ? data : Float32Array.from(data) };
};

/** Makes a vector of int64, e.g. the target of a Reshape. */
export const intTensor = (values: readonly number[]): Tensor =>
  numericTensor('int64', [values.length], values);

/**
 * Makes a tensor of any numeric type from plain numbers, converting as a cast would.
 *
 * @throws {RangeError} when `values` does not fill `shape`.
 */
export const numericTensor = (
  dtype: Exclude<DataType, 'string'>,
  shape: readonly number[],
  values: ArrayLike<number>,
): Tensor => {
  assertFilled(shape, values.length);
  switch (dtype) {
    case 'float32':
      return floatTensor(shape, values);
    case 'int32':
      return { dtype, shape, data: values instanceof Int32Array ? values : Int32Array.from(values) };
    case 'int64':
      return {
        dtype,
        shape,
        data: BigInt64Array.from(Array.from(values, (value) => BigInt(Math.trunc(value)))),
      };
    case 'bool':
      return { dtype, shape, data: Uint8Array.from(values, (value) => (value === 0 ? 0 : 1)) };
    default:
      throw new TypeError(`Numbers cannot be stored as ${dtype}.`);
  }
};

/** A constant's elements as plain numbers; `undefined` for strings. */
export const numbersOf = (tensor: Tensor): ArrayLike<number> | undefined => {
  if (tensor.dtype === 'string') return undefined;
  return tensor.dtype === 'int64' ? Array.from(tensor.data, Number) : tensor.data;
};

/** Gives the same elements another shape. */
export const reshapeTensor = <T extends Tensor>(tensor: T, shape: readonly number[]): T => {
  assertFilled(shape, tensor.data.length);
  return { ...tensor, shape };
};

/** For each element of the permuted tensor, its place in the original. */
const permutedPlaces = (original: readonly number[], permutation: Permutation): Uint32Array => {
  const strides = original.map((_, axis) => elementCount(original.slice(axis + 1)));
  const shape = permute(original, permutation);
  const sourceStrides = permute(strides, permutation);
  const index = shape.map(() => 0);
  const places = new Uint32Array(elementCount(shape));
  let source = 0;
  for (let target = 0; target < places.length; target++) {
    places[target] = source;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = sourceStrides[axis] as number;
      source += stride;
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      source -= stride * (shape[axis] as number);
      index[axis] = 0;
    }
  }
  return places;
};

/** Moves the axes of a constant, as ONNX's Transpose would. */
export const transposeTensor = <T extends Tensor>(tensor: T, permutation: Permutation): T => {
  const places = permutedPlaces(tensor.shape, permutation);
  const { data } = tensor;
  const moved = Array.isArray(data)
    ? Array.from(places, (place) => data[place] as string)
    : (data as Float32Array).slice();
  if (!Array.isArray(data)) {
    const [from, to] = [data as Float32Array, moved as Float32Array];
    for (let target = 0; target < places.length; target++) {
      to[target] = from[places[target] as number] as number;
    }
  }
  return { ...tensor, shape: permute(tensor.shape, permutation), data: moved };
};
