import { InferenceSession, Tensor } from 'onnxruntime-node';

/** A dense float array: row-major elements and their shape. */
export interface FloatArray {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/**
 * Runs a graph once on onnxruntime's CPU provider.
 *
 * @param model the ONNX file's bytes.
 * @param inputs by input name.
 * @returns by output name, in the graph's order.
 */
export const runOnnxOutputs = async (
  model: Uint8Array,
  inputs: Readonly<Record<string, FloatArray>>,
): Promise<Record<string, FloatArray>> => {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  try {
    const feeds = Object.entries(inputs).map(([name, { data, shape }]) => [
      name,
      new Tensor('float32', data, shape),
    ]);
    const results = await session.run(Object.fromEntries(feeds) as Record<string, Tensor>);
    const outputs = session.outputNames.map((name): [string, FloatArray] => {
      const output = results[name];
      if (output?.type !== 'float32') throw new TypeError(`The graph's output "${name}" is no float tensor.`);
      return [name, { data: output.data as Float32Array, shape: output.dims }];
    });
    return Object.fromEntries(outputs);
  } finally {
    await session.release();
  }
};

/** {@link runOnnxOutputs} for a graph of one output. */
export const runOnnx = async (
  model: Uint8Array,
  inputs: Readonly<Record<string, FloatArray>>,
): Promise<FloatArray> => {
  const [output] = Object.values(await runOnnxOutputs(model, inputs));
  if (output === undefined) throw new TypeError('The graph has no output.');
  return output;
};
