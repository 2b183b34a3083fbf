import { knownIntegers } from '../graph/contents.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { int, numberOf, type GraphNode, type Value } from '../graph/graph.ts';
import { isIdentity, type Permutation } from '../graph/permutation.ts';
import { intTensor } from '../graph/tensor.ts';

/** A node whose first input is a Transpose of `source`. */
interface Sinking {
  readonly node: GraphNode;
  readonly builder: GraphBuilder;
  /** What the Transpose reads. */
  readonly source: Value;
  readonly permutation: Permutation;
}

/** Writes a node to work before the Transpose, and what is left of the Transpose behind it. */
type SinkRule = (sinking: Sinking) => Value | readonly Value[] | undefined;

/** What is left of a Transpose when axes of its result are gone: the order of those that stay. */
const withoutAxes = (permutation: Permutation, gone: readonly number[]): Permutation => {
  const kept = permutation.filter((_, axis) => !gone.includes(axis));
  const order = kept.toSorted((one, other) => one - other);
  return kept.map((axis) => order.indexOf(axis));
};

const behind = ({ node, builder }: Sinking, value: Value, permutation: Permutation): Value =>
  isIdentity(permutation) ? value : builder.transpose(node.label, value, permutation);

const axesConstant = ({ node, builder }: Sinking, axes: readonly number[]): Value =>
  builder.constant(`${node.label}/axes`, intTensor(axes));

const counted = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

const reduce: SinkRule = (sinking) => {
  const { node, builder, source, permutation } = sinking;
  const rank = permutation.length;
  const axes = knownIntegers(node.inputs[1])?.map((axis) => counted(axis, rank));
  if (axes === undefined) return undefined;
  const moved = axes.map((axis) => permutation[axis] as number).toSorted((a, b) => a - b);
  const result = builder.add(node.op, node.label, [source, axesConstant(sinking, moved)], node.attributes);
  const keeps = numberOf(node.attributes, 'keepdims', 1) === 1;
  return behind(sinking, result, keeps ? permutation : withoutAxes(permutation, axes));
};

const argReduce: SinkRule = (sinking) => {
  const { node, builder, source, permutation } = sinking;
  const axis = counted(numberOf(node.attributes, 'axis', 0), permutation.length);
  const attributes = { ...node.attributes, axis: int(permutation[axis] as number) };
  const keeps = numberOf(node.attributes, 'keepdims', 1) === 1;
  const result = builder.add(node.op, node.label, [source], attributes);
  return behind(sinking, result, keeps ? permutation : withoutAxes(permutation, [axis]));
};

const squeeze: SinkRule = (sinking) => {
  const { node, builder, source, permutation } = sinking;
  const axes = knownIntegers(node.inputs[1])?.map((axis) => counted(axis, permutation.length));
  if (axes === undefined) return undefined;
  const moved = axes.map((axis) => permutation[axis] as number).toSorted((a, b) => a - b);
  const result = builder.add('Squeeze', node.label, [source, axesConstant(sinking, moved)]);
  return behind(sinking, result, withoutAxes(permutation, axes));
};

const slice: SinkRule = (sinking) => {
  const { node, builder, source, permutation } = sinking;
  const [, starts, ends, axesValue, ...steps] = node.inputs;
  const axes = knownIntegers(axesValue)?.map((axis) => counted(axis, permutation.length));
  if (axes === undefined || starts === undefined || ends === undefined) return undefined;
  const moved = axesConstant(
    sinking,
    axes.map((axis) => permutation[axis] as number),
  );
  return behind(
    sinking,
    builder.add('Slice', node.label, [source, starts, ends, moved, ...steps]),
    permutation,
  );
};

/** One element of an axis, or a list of them. */
const gather: SinkRule = (sinking) => {
  const { node, builder, source, permutation } = sinking;
  const [, indices] = node.inputs;
  if (indices === undefined || indices.shape.length > 1) return undefined;
  const axis = counted(numberOf(node.attributes, 'axis', 0), permutation.length);
  const attributes = { axis: int(permutation[axis] as number) };
  const result = builder.add('Gather', node.label, [source, indices], attributes);
  return behind(sinking, result, indices.shape.length === 1 ? permutation : withoutAxes(permutation, [axis]));
};

/** Sizes are picked in the new order, without moving what they are the sizes of. */
const shape: SinkRule = ({ node, builder, source, permutation }) => {
  const start = numberOf(node.attributes, 'start', 0);
  const order = permutation.slice(start, numberOf(node.attributes, 'end', permutation.length));
  const places = builder.constant(`${node.label}/order`, intTensor(order));
  return builder.add('Gather', node.label, [builder.add('Shape', node.label, [source]), places], {
    axis: int(0),
  });
};

/** Each part gets a Transpose of its own; those of images mostly meet their inverse soon. */
const split: SinkRule = (sinking) => {
  const { node, builder, source, permutation } = sinking;
  const [, sizes] = node.inputs;
  if (sizes === undefined || permutation.length !== 4) return undefined;
  const axis = counted(numberOf(node.attributes, 'axis', 0), permutation.length);
  const attributes = { axis: int(permutation[axis] as number) };
  const parts = builder.addMany('Split', node.label, [source, sizes], attributes);
  return parts.map((part) => builder.transpose(node.label, part, permutation));
};

const REDUCTIONS = ['ReduceL2', 'ReduceMax', 'ReduceMean', 'ReduceMin', 'ReduceProd', 'ReduceSum'];

/** How operators that know axes get in front of a Transpose, by operator. */
export const sinkRules: Readonly<Record<string, SinkRule>> = {
  ...Object.fromEntries(REDUCTIONS.map((op) => [op, reduce])),
  ArgMax: argReduce,
  ArgMin: argReduce,
  Gather: gather,
  Shape: shape,
  Slice: slice,
  Split: split,
  Squeeze: squeeze,
};
