import { constantFloats } from '../graph/graph-builder.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { FLOAT16_SMALLEST_NORMAL, toFloat16Bits } from './float16.ts';

/** How many weights are too small for half floats. */
export interface Float16Losses {
  /** Those below 2⁻¹⁴, which keep fewer than 11 bits. */
  readonly subnormal: number;
  /** Those that become 0. */
  readonly flushed: number;
}

/**
 * Counts the weights that lose more than rounding when a graph becomes one of half floats.
 *
 * @param inFloat32 nodes whose weights stay as they are.
 */
export const float16Losses = (graph: Graph, inFloat32: ReadonlySet<GraphNode>): Float16Losses => {
  const nodes = graph.nodes.filter((node) => !inFloat32.has(node));
  const weights = new Set(nodes.flatMap(({ inputs }) => inputs.map((input) => constantFloats(input)?.data)));
  let [subnormal, flushed] = [0, 0];
  for (const data of weights) {
    for (const weight of data ?? []) {
      if (weight === 0 || Math.abs(weight) >= FLOAT16_SMALLEST_NORMAL) continue;
      if ((toFloat16Bits(weight) & 0x7fff) === 0) flushed++;
      else subnormal++;
    }
  }
  return { subnormal, flushed };
};
