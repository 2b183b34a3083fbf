import { capturesOf, subgraphsOf, type Graph, type Value } from '../graph/graph.ts';

/** The values of a graph that the graphs inside its nodes read: they have to stay what and as they are. */
export const capturedValues = (graph: Graph): ReadonlySet<Value> =>
  new Set(graph.nodes.flatMap(subgraphsOf).flatMap((inner) => Array.from(capturesOf(inner))));
