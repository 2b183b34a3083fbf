import type { NodeDef, Nodes } from '../graph-def.ts';
import type { Reference } from '../reference.ts';

/**
 * Collects what results are made from.
 *
 * @param isBorder nodes that are not entered.
 */
export const ancestorsOf = (
  nodes: Nodes,
  results: readonly Reference[],
  isBorder: (node: NodeDef) => boolean,
): ReadonlyMap<string, NodeDef> => {
  const found = new Map<string, NodeDef>();
  const pending = results.map(({ node }) => node);
  while (pending.length > 0) {
    const name = pending.pop() as string;
    const node = nodes.get(name);
    if (node === undefined || found.has(name) || isBorder(node)) continue;
    found.set(name, node);
    pending.push(...node.inputs.map((input) => input.node));
  }
  return found;
};
