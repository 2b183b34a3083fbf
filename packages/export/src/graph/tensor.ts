import { permute, type Permutation } from './permutation.ts';
import { elementCount } from './shape.ts';

/** How each element type is stored; the names are ONNX's in lower case. Half floats are held as their bits. */
interface Storage {
  float32: Float32Array;
  float16: Uint16Array;
  int8: Int8Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
}

/** Element types that graphs hold. */
export type DataType = keyof Storage;

/** A constant's elements, row-major. */
export type Tensor = {
  [T in DataType]: { readonly dtype: T; readonly shape: readonly number[]; readonly data: Storage[T] };
}[DataType];

/** A constant of floats. */
export type FloatTensor = Extract<Tensor, { dtype: 'float32' }>;

/**
 * Makes a float tensor; numbers are rounded to float32.
 *
 * @throws {RangeError} when `data` does not fill `shape`.
 */
export const floatTensor = (shape: readonly number[], data: ArrayLike<number>): FloatTensor => {
  if (data.length !== elementCount(shape)) {
    throw new RangeError(`A tensor of shape [${shape.join(', ')}] cannot hold ${data.length} elements.`);
  }
  return { dtype: 'float32', shape, data: data instanceof Float32Array ? data : Float32Array.from(data) };
};

/** Makes a vector of int64, e.g. the target of a Reshape. */
export const intTensor = (values: readonly number[]): Tensor => ({
  dtype: 'int64',
  shape: [values.length],
  data: BigInt64Array.from(values, BigInt),
});

/** Gives the same elements another shape. */
export const reshapeTensor = (tensor: FloatTensor, shape: readonly number[]): FloatTensor =>
  floatTensor(shape, tensor.data);

/** Moves the axes of a constant, as ONNX's Transpose would. */
export const transposeTensor = (tensor: FloatTensor, permutation: Permutation): FloatTensor => {
  const strides = tensor.shape.map((_, axis) => elementCount(tensor.shape.slice(axis + 1)));
  const shape = permute(tensor.shape, permutation);
  const sourceStrides = permute(strides, permutation);
  const index = shape.map(() => 0);
  const data = new Float32Array(tensor.data.length);
  let source = 0;
  for (let target = 0; target < data.length; target++) {
    data[target] = tensor.data[source] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = sourceStrides[axis] as number;
      source += stride;
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      source -= stride * (shape[axis] as number);
      index[axis] = 0;
    }
  }
  return { dtype: 'float32', shape, data };
};
