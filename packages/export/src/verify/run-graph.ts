import { Tensor } from 'onnxruntime-node';
import type { Arrays, NumberArray } from './number-array.ts';
import { openSession, type OnnxSource } from './open-session.ts';

const toTensor = ({ dtype, data, shape }: NumberArray): Tensor => {
  switch (dtype) {
    case 'float32':
      return new Tensor(dtype, data instanceof Float32Array ? data : Float32Array.from(data), shape);
    case 'int32':
      return new Tensor(dtype, Int32Array.from(data), shape);
    default:
      return new Tensor('bool', Uint8Array.from(data), shape);
  }
};

/** Makes onnxruntime's tensors of arrays, by name. */
export const toFeeds = (inputs: Arrays): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, toTensor(input)]));

/**
 * Runs a graph of any number of inputs and outputs once on onnxruntime's CPU provider.
 *
 * @param inputs by input name.
 * @returns the outputs by name.
 */
export const runGraph = async (source: OnnxSource, inputs: Arrays): Promise<Arrays> => {
  const session = await openSession(source);
  try {
    const results = await session.run(toFeeds(inputs));
    const outputs = Object.entries(results).map(([name, { type, data, dims }]) => [
      name,
      { dtype: type, data: Array.from(data as Float32Array, Number), shape: dims },
    ]);
    return Object.fromEntries(outputs) as Arrays;
  } finally {
    await session.release();
  }
};
