import type { NodeDef, Nodes } from './graph-def.ts';

/**
 * Puts nodes into an order in which they can run, without recursion: models are thousands of nodes deep.
 *
 * @param wanted the nodes whose results are asked for.
 * @param isDone nodes that have run already, or need not.
 */
export const orderFor = (
  nodes: Nodes,
  wanted: readonly string[],
  isDone: (name: string) => boolean,
): NodeDef[] => {
  const order: NodeDef[] = [];
  const seen = new Set<string>();
  const placed = new Set<string>();
  const pending = wanted.toReversed();
  while (pending.length > 0) {
    const name = pending.at(-1) as string;
    const node = nodes.get(name);
    const missing =
      node === undefined || seen.has(name)
        ? []
        : node.inputs.map((input) => input.node).filter((input) => !isDone(input) && !placed.has(input));
    seen.add(name);
    if (missing.length > 0) {
      pending.push(...missing.reverse());
      continue;
    }
    pending.pop();
    if (node === undefined || placed.has(name) || isDone(name)) continue;
    placed.add(name);
    order.push(node);
  }
  return order;
};
