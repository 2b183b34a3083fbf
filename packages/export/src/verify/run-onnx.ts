import { InferenceSession, Tensor } from 'onnxruntime-node';

/** A dense float array: row-major elements and their shape. */
export interface FloatArray {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/**
 * Runs a graph of one output once on onnxruntime's CPU provider.
 *
 * @param model the ONNX file's bytes.
 * @param inputs by input name.
 */
export const runOnnx = async (
  model: Uint8Array,
  inputs: Readonly<Record<string, FloatArray>>,
): Promise<FloatArray> => {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  try {
    const feeds = Object.entries(inputs).map(([name, { data, shape }]) => [
      name,
      new Tensor('float32', data, shape),
    ]);
    const results = await session.run(Object.fromEntries(feeds) as Record<string, Tensor>);
    const [output] = session.outputNames.map((name) => results[name]);
    if (output?.type !== 'float32') throw new TypeError('The graph has no float output.');
    return { data: output.data as Float32Array, shape: output.dims };
  } finally {
    await session.release();
  }
};
