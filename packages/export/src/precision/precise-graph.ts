import type { Precision } from '@mien/contract';
import type { Graph } from '../graph/graph.ts';
import type { Arrays } from '../verify/number-array.ts';
import { fitRanges, type ActivationRanges } from './activation-ranges.ts';
import { float16Exceptions } from './float16-exceptions.ts';
import { float16Losses, type Float16Losses } from './float16-losses.ts';
import { observeExtremes } from './observe-values.ts';
import { quantizeGraph } from './quantize-graph.ts';
import { toFloat16 } from './to-float16.ts';
import { valueNames } from './value-names.ts';

/** A node that computes in float32 in a graph of a smaller precision. */
export interface Float32Node {
  /** The name that it has in the float32 file. */
  readonly node: string;
  readonly reason: string;
}

/** A graph in one precision, and what was decided for it. */
export interface PreciseGraph {
  readonly precision: Precision;
  readonly graph: Graph;
  /** Nodes that were kept in float32 for a reason, beside those that only ever compute in it. */
  readonly inFloat32: readonly Float32Node[];
  /** Weights too small for half floats; set for fp16 alone. */
  readonly weightLosses?: Float16Losses;
}

/**
 * Makes a graph of half floats, in which what overflowed or lost too much stays float32.
 *
 * @param portions of inputs that it is tried on for overflow.
 */
export const makeFloat16 = async (graph: Graph, portions: Iterable<Arrays>): Promise<PreciseGraph> => {
  const exceptions = float16Exceptions(graph, await observeExtremes(graph, portions));
  const inFloat32 = new Set(exceptions.keys());
  const { ofNode } = valueNames(graph);
  return {
    precision: 'fp16',
    graph: toFloat16(graph, inFloat32),
    inFloat32: Array.from(exceptions, ([node, reason]) => ({ node: ofNode.get(node) as string, reason })),
    weightLosses: float16Losses(graph, inFloat32),
  };
};

/**
 * Makes a graph of 8-bit numbers by what calibration found.
 *
 * @throws {RangesMismatchError} when the ranges belong to another graph.
 */
export const makeInt8 = (graph: Graph, ranges: ActivationRanges): PreciseGraph => {
  const { extremes, inFloat } = fitRanges(graph, ranges);
  return {
    precision: 'int8',
    graph: quantizeGraph(graph, extremes, inFloat),
    inFloat32: ranges.inFloat.map((node) => ({ node, reason: 'lowers the error most' })),
  };
};
