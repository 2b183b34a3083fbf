import type { InferenceSession } from 'onnxruntime-node';
import { openSession, type OnnxSource } from '../verify/open-session.ts';
import { toFeeds } from '../verify/run-graph.ts';
import type { Samples } from './samples.ts';

/** What a graph gave for some samples: by output name, `[samples, classes]`, row-major. */
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

const shapeOf = (value: InferenceSession.ValueMetadata | undefined): readonly (number | string)[] =>
  value?.isTensor === true ? value.shape : [];

/** Floats of one size for each sample. What depends on decisions, like the boxes that a detector keeps, is not. */
const comparableOutputs = ({ inputMetadata, outputMetadata }: InferenceSession): readonly string[] => {
  const [batch] = shapeOf(inputMetadata[0]);
  return outputMetadata
    .filter((output) => {
      const [first, ...rest] = shapeOf(output);
      const isFixed =
        rest.every((size) => typeof size === 'number') && (typeof first === 'number' || first === batch);
      return output.isTensor && output.type === 'float32' && isFixed;
    })
    .map(({ name }) => name);
};

/** Runs a graph on samples and keeps its outputs of floats, other than those whose size depends on the sample. */
export const runSamples = async (source: OnnxSource, { count, portions }: Samples): Promise<Outputs> => {
  const session = await openSession(source);
  try {
    const names = comparableOutputs(session);
    const parts = new Map<string, Float32Array[]>();
    for (const portion of portions) {
      const results = await session.run(toFeeds(portion), [...names]);
      for (const name of names) append(parts, name, results[name]?.data as Float32Array);
    }
    return new Map(names.map((name) => [name, join(parts.get(name) ?? [], count)]));
  } finally {
    await session.release();
  }
};
