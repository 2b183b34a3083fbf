import * as v from 'valibot';
import { precision } from './card-measurements.ts';
import { positive, sha256, text } from './card-values.ts';

const shape = v.array(v.union([text, positive]));

/** A result of a graph. */
export const graphOutput = v.object({ name: text, dtype: v.literal('float32'), shape });

/** An ONNX file, and how its picture input is called and shaped. */
export const graphFile = {
  file: text,
  sha256,
  bytes: positive,
  opset: positive,
  irVersion: positive,
  precision,
  input: v.object({ name: text, dtype: v.literal('float32'), layout: v.literal('NCHW'), shape }),
};
