import type { Graph, GraphNode, Value } from '../graph/graph.ts';
import { nameValues } from '../write/name-values.ts';
import { separateOutputs } from '../write/separate-outputs.ts';

/** What a graph's values and nodes are called in its file. */
export interface ValueNames {
  readonly ofValue: ReadonlyMap<Value, string>;
  readonly ofNode: ReadonlyMap<GraphNode, string>;
}

/**
 * Finds the names that values and nodes get when the graph is written. They depend on the graph alone, so that ranges
 * and choices that were saved under them hold for every export of the same model.
 */
export const valueNames = (graph: Graph): ValueNames => nameValues(separateOutputs(graph));
