import { InferenceSession, Tensor } from 'onnxruntime-node';
import { batchesOf, type ImageSet } from './image-set.ts';

/** What a graph gave for a set of images: by output name, `[images, classes]`, row-major. */
export type Outputs = ReadonlyMap<string, { readonly classes: number; readonly data: Float32Array }>;

const append = (rows: Map<string, Float32Array[]>, name: string, data: Float32Array): void => {
  rows.set(name, [...(rows.get(name) ?? []), data]);
};

const join = (parts: readonly Float32Array[], count: number) => {
  const data = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return { classes: data.length / count, data };
};

/**
 * Runs a graph of one image input on onnxruntime's CPU provider.
 *
 * @param onnx the file's bytes.
 */
export const runImages = async (onnx: Uint8Array, images: ImageSet): Promise<Outputs> => {
  const session = await InferenceSession.create(onnx, { logSeverityLevel: 3 });
  try {
    const input = session.inputNames[0] as string;
    const parts = new Map<string, Float32Array[]>();
    for (const { data, shape } of batchesOf(images)) {
      const results = await session.run({ [input]: new Tensor('float32', data, shape) });
      for (const name of session.outputNames) append(parts, name, results[name]?.data as Float32Array);
    }
    return new Map(session.outputNames.map((name) => [name, join(parts.get(name) ?? [], images.count)]));
  } finally {
    await session.release();
  }
};
