import type { GraphBuilder } from '../graph/graph-builder.ts';
import { intTensor } from '../graph/tensor.ts';
import type { GraphNode, Value } from '../graph/graph.ts';
import { numbersOf, reshapeTensor } from '../graph/tensor.ts';
import { rewritePass } from './pass.ts';

/** Operators that do the same to int64 as to int32, and which of their inputs hold the numbers. */
const NUMBERS: Readonly<Record<string, 'first' | 'all'>> = {
  Add: 'all',
  Concat: 'all',
  Gather: 'first',
  Max: 'all',
  Min: 'all',
  Mul: 'all',
  Slice: 'first',
  Squeeze: 'first',
  Sub: 'all',
  Unsqueeze: 'first',
};

/** The int64 that a value was cast from, or that it would have been. */
const asInt64 = (builder: GraphBuilder, value: Value): Value | undefined => {
  const source = builder.producedBy(value, 'Cast')?.inputs[0];
  if (source?.dtype === 'int64') return source;
  const { constant } = value;
  const numbers = constant === undefined ? undefined : numbersOf(constant.tensor);
  if (constant === undefined || numbers === undefined) return undefined;
  return builder.constant(
    constant.label,
    reshapeTensor(intTensor(Array.from(numbers)), constant.tensor.shape),
  );
};

const isCastSize = (builder: GraphBuilder, value: Value): boolean =>
  value.dtype === 'int32' && builder.producedBy(value, 'Cast')?.inputs[0]?.dtype === 'int64';

const sink = (node: GraphNode, builder: GraphBuilder): Value | undefined => {
  const kind = NUMBERS[node.op];
  const count = kind === 'all' ? node.inputs.length : 1;
  const numbers = node.inputs.slice(0, count);
  if (
    kind === undefined ||
    node.output.dtype !== 'int32' ||
    !numbers.some((value) => isCastSize(builder, value))
  )
    return undefined;
  const sources = numbers.map((value) => asInt64(builder, value));
  if (!sources.every((source) => source !== undefined)) return undefined;
  const result = builder.add(node.op, node.label, [...sources, ...node.inputs.slice(count)], node.attributes);
  return builder.cast(node.label, result, 'int32');
};

/**
 * Lets arithmetic on sizes stay in int64, which ONNX gives and takes sizes in, where tfjs has int32: Casts move behind
 * what is computed with them, and meet the Casts back.
 */
export const sinkCasts = rewritePass('sink-casts', (node, { builder }) => sink(node, builder));
