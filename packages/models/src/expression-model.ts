import type { ShippedGraph } from './shipped-graph.ts';

/**
 * The model that names the expression of one cropped face, by what its graph computes with.
 *
 * Each address is written out, for bundlers look for `new URL('literal', import.meta.url)`.
 *
 * @example
 * const classifier = await createClassifier(expressionModel.fp32);
 */
export const expressionModel = {
  fp32: {
    model: new URL('../onnx/expression.onnx', import.meta.url),
    card: new URL('../onnx/expression.card.json', import.meta.url),
  },
  /** Half the bytes; for GPUs. */
  fp16: {
    model: new URL('../onnx/expression.fp16.onnx', import.meta.url),
    card: new URL('../onnx/expression.fp16.card.json', import.meta.url),
  },
  /** A quarter of the bytes, and the fastest on processors and in WebAssembly. */
  int8: {
    model: new URL('../onnx/expression.int8.onnx', import.meta.url),
    card: new URL('../onnx/expression.int8.card.json', import.meta.url),
  },
} satisfies Record<string, ShippedGraph>;
