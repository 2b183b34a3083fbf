import { constantFloats } from '../graph/graph-builder.ts';
import { intsOf, type Graph, type GraphNode, type Value } from '../graph/graph.ts';
import { FLOAT16_MAX } from './float16.ts';
import type { Extremes } from './observe-values.ts';
import { valueNames } from './value-names.ts';

/** Why a node computes in float32 in a graph of half floats. */
export type Float16Exception = 'weight too large' | 'activation too large' | 'long average' | 'final softmax';

/** How far below {@link FLOAT16_MAX} activations must stay: pictures that were not tried may give larger ones. */
const HEADROOM = 2;

/**
 * The longest average that is computed in half floats. A runtime may add up in the type of the elements (WebGPU does),
 * and a sum of n similar numbers loses log₂ n of the 11 bits.
 */
const LONGEST_AVERAGE = 64;

const AVERAGES: ReadonlySet<string> = new Set([
  'AveragePool',
  'GlobalAveragePool',
  'ReduceMean',
  'ReduceSum',
]);

const sizeOf = ({ shape }: Value): number =>
  shape.reduce<number>((count, dim) => count * (typeof dim === 'number' ? dim : 1), 1);

/** How many elements go into one of an averaging node's. */
const averageLength = (node: GraphNode): number => {
  if (node.op === 'AveragePool') {
    return intsOf(node.attributes, 'kernel_shape').reduce((count, size) => count * size, 1);
  }
  return sizeOf(node.inputs[0] as Value) / sizeOf(node.output);
};

const hasLargeWeight = (node: GraphNode): boolean =>
  node.inputs.some((input) => constantFloats(input)?.data.some((weight) => Math.abs(weight) > FLOAT16_MAX));

/**
 * Finds the nodes that have to stay in float32 when all others compute in half floats.
 *
 * @param extremes of the graph's values on the images that it is tried on, by name.
 */
export const float16Exceptions = (
  graph: Graph,
  extremes: Extremes,
): ReadonlyMap<GraphNode, Float16Exception> => {
  const { ofValue } = valueNames(graph);
  const outputs = new Set(graph.outputs.map(({ value }) => value));
  const isLarge = (value: Value): boolean => {
    const { min, max } = extremes.get(ofValue.get(value) ?? '') ?? { min: 0, max: 0 };
    // Not `>`: what is not a number is too large.
    return !(Math.max(-min, max) <= FLOAT16_MAX / HEADROOM);
  };
  const exceptionOf = (node: GraphNode): Float16Exception | undefined => {
    if (hasLargeWeight(node)) return 'weight too large';
    if ([...node.inputs, node.output].some(isLarge)) return 'activation too large';
    if (AVERAGES.has(node.op) && averageLength(node) > LONGEST_AVERAGE) return 'long average';
    return node.op.endsWith('Softmax') && outputs.has(node.output) ? 'final softmax' : undefined;
  };
  const found = graph.nodes.map((node) => [node, exceptionOf(node)] as const);
  return new Map(found.filter((entry): entry is [GraphNode, Float16Exception] => entry[1] !== undefined));
};
