import { numberOf, type Graph, type Value } from '../graph/graph.ts';

/** Operators that give whole numbers on as they are. */
const HANDS_ON = new Set(['Cast', 'Flatten', 'Identity', 'Reshape', 'Squeeze', 'Transpose', 'Unsqueeze']);

/**
 * Finds how many rows the smallest table has out of which a graph picks some by a value's numbers, as word numbers do:
 * only numbers below it mean something.
 *
 * @returns `undefined` where the value picks nothing.
 */
export const rowsPicked = (graph: Graph, value: Value): number | undefined => {
  const places = new Set([value]);
  const counts: number[] = [];
  for (const { op, inputs, output, attributes } of graph.nodes) {
    const [table, indices] = inputs;
    if (HANDS_ON.has(op) && table !== undefined && places.has(table)) places.add(output);
    const count = op === 'Gather' ? table?.shape.at(numberOf(attributes, 'axis', 0)) : undefined;
    if (indices !== undefined && places.has(indices) && typeof count === 'number') counts.push(count);
  }
  return counts.length === 0 ? undefined : Math.min(...counts);
};
