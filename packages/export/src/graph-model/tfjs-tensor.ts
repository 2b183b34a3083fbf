import * as tf from '@tensorflow/tfjs';
import { numericTensor, numbersOf, type DataType, type Tensor } from '../graph/tensor.ts';

/**
 * Copies a tfjs tensor into a constant.
 *
 * @throws {TypeError} for complex tensors.
 */
export const tensorFromTfjs = async (tensor: tf.Tensor): Promise<Tensor> => {
  const dtype = tensor.dtype as DataType | 'complex64';
  if (dtype === 'complex64') throw new TypeError('Complex constants cannot be kept.');
  if (dtype === 'string') {
    return { dtype, shape: tensor.shape, data: [...((await tensor.data()) as unknown as string[])] };
  }
  return numericTensor(dtype, tensor.shape, (await tensor.data()).slice());
};

/** Makes a tfjs tensor of a constant; the caller disposes it. int64 becomes int32, the only integer there. */
export const tensorToTfjs = (tensor: Tensor): tf.Tensor => {
  const shape = [...tensor.shape];
  if (tensor.dtype === 'string') return tf.tensor([...tensor.data], shape, 'string');
  const dtype = tensor.dtype === 'int64' ? 'int32' : (tensor.dtype as 'float32' | 'bool');
  const numbers = numbersOf(tensor) ?? [];
  const data = dtype === 'int32' ? Int32Array.from(numbers) : numbers;
  return tf.tensor(data, shape, dtype);
};
