import type { GraphBuilder } from './graph-builder.ts';
import type { Value } from './graph.ts';
import { NCHW_TO_NHWC, NHWC_TO_NCHW, permute } from './permutation.ts';
import type { Shape } from './shape.ts';
import type { DataType } from './tensor.ts';

/**
 * How images (tensors of rank 4) lie at a graph's inputs and outputs: channels behind the batch, as ONNX models mostly
 * have them, or last, as in tfjs.
 */
export type ImageLayout = 'channels-first' | 'channels-last';

/** What the names of outputs start with that show what a model does inside. */
export const TAP = 'tap:';

const isTurned = (shape: Shape, layout: ImageLayout): boolean =>
  shape.length === 4 && layout === 'channels-first';

/**
 * Declares an input as the layout wants it and gives it as the model sees it, images channels last.
 *
 * @param shape the model's, images channels last.
 */
export const declareImageInput = (
  builder: GraphBuilder,
  name: string,
  shape: Shape,
  layout: ImageLayout,
  dtype: DataType = 'float32',
): Value => {
  if (!isTurned(shape, layout)) return builder.input(name, shape, dtype);
  return builder.transpose(name, builder.input(name, permute(shape, NHWC_TO_NCHW), dtype), NCHW_TO_NHWC);
};

/** Declares an output as the layout wants it, given as the model makes it, images channels last. */
export const declareImageOutput = (
  builder: GraphBuilder,
  name: string,
  value: Value,
  layout: ImageLayout,
): void =>
  builder.output(name, isTurned(value.shape, layout) ? builder.transpose(name, value, NHWC_TO_NCHW) : value);
