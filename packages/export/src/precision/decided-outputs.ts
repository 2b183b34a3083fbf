import {
  allNodes,
  outputsOf,
  readsOf,
  subgraphsOf,
  type Graph,
  type GraphNode,
  type Value,
} from '../graph/graph.ts';
import type { Outputs } from './run-samples.ts';

/** Operators that choose: of two nearly equal numbers they take this one or that. */
const DECISIONS: ReadonlySet<string> = new Set([
  'ArgMax',
  'ArgMin',
  'NonMaxSuppression',
  'NonZero',
  'TopK',
  'Unique',
]);

const decides = (node: GraphNode): boolean =>
  [node, ...subgraphsOf(node).flatMap(allNodes)].some(({ op }) => DECISIONS.has(op));

/**
 * Finds the outputs that follow from choices, like the boxes that a detector keeps: the least rounding may put another
 * one in their place, so that their numbers say little about a precision.
 *
 * @returns their names.
 */
export const decidedOutputs = (graph: Graph): ReadonlySet<string> => {
  const decided = new Set<Value>();
  for (const node of graph.nodes) {
    if (!decides(node) && !readsOf(node).some((value) => decided.has(value))) continue;
    for (const output of outputsOf(node)) decided.add(output);
  }
  return new Set(graph.outputs.filter(({ value }) => decided.has(value)).map(({ name }) => name));
};

/** Leaves out what follows from choices; all stays where nothing else is there. */
export const withoutDecided = (outputs: Outputs, graph: Graph): Outputs => {
  const decided = decidedOutputs(graph);
  const kept = Array.from(outputs).filter(([name]) => !decided.has(name));
  return kept.length === 0 ? outputs : new Map(kept);
};
