import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Arrays, NumberArray } from './number-array.ts';

const toTensor = ({ dtype, data, shape }: NumberArray): Tensor => {
  switch (dtype) {
    case 'float32':
      return new Tensor(dtype, Float32Array.from(data), shape);
    case 'int32':
      return new Tensor(dtype, Int32Array.from(data), shape);
    default:
      return new Tensor('bool', Uint8Array.from(data), shape);
  }
};

/**
 * Runs a graph of any number of inputs and outputs once on onnxruntime's CPU provider.
 *
 * @param model the ONNX file's bytes.
 * @param inputs by input name.
 * @returns the outputs by name.
 */
export const runGraph = async (model: Uint8Array, inputs: Arrays): Promise<Arrays> => {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  try {
    const feeds = Object.entries(inputs).map(([name, input]) => [name, toTensor(input)]);
    const results = await session.run(Object.fromEntries(feeds) as Record<string, Tensor>);
    const outputs = Object.entries(results).map(([name, { type, data, dims }]) => [
      name,
      { dtype: type, data: Array.from(data as Float32Array, Number), shape: dims },
    ]);
    return Object.fromEntries(outputs) as Arrays;
  } finally {
    await session.release();
  }
};
