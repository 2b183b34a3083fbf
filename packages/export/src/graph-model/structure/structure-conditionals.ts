import { NodeAttributes } from '../node-attributes.ts';
import type { NodeDef, Nodes, Region } from '../graph-def.ts';
import type { Reference } from '../reference.ts';

/** Which ways of which conditions a result is reached by: bit 1 for false, bit 2 for true. */
type Ways = ReadonlyMap<string, number>;

const keyOf = ({ node, output }: Reference): string => `${node}:${output}`;

/** Follows results back to the Switches that let them through, the nodes waited for included. */
const waysTo = (nodes: Nodes, result: Reference): Ways => {
  const ways = new Map<string, number>();
  const seen = new Set<string>();
  const pending: Reference[] = [result];
  while (pending.length > 0) {
    const reference = pending.pop() as Reference;
    const node = nodes.get(reference.node);
    if (node === undefined || seen.has(keyOf(reference))) continue;
    seen.add(keyOf(reference));
    if (node.op === 'Switch') {
      const condition = keyOf(node.inputs[1] as Reference);
      ways.set(condition, (ways.get(condition) ?? 0) | (1 << reference.output));
    }
    pending.push(...node.inputs, ...node.controls.map((control) => ({ node: control, output: 0 })));
  }
  return ways;
};

interface Choice {
  readonly condition: Reference;
  readonly whenTrue: Reference;
  readonly whenFalse: Reference;
}

/** The condition that lets one input of a Merge through and not the other. */
const choiceOf = (nodes: Nodes, { inputs }: NodeDef): Choice | undefined => {
  const [one, other] = inputs;
  if (one === undefined || other === undefined || inputs.length !== 2) return undefined;
  const [first, second] = [waysTo(nodes, one), waysTo(nodes, other)];
  for (const condition of new Set([...first.keys(), ...second.keys()])) {
    const [a, b] = [first.get(condition) ?? 0, second.get(condition) ?? 0];
    const at = condition.lastIndexOf(':');
    const reference = { node: condition.slice(0, at), output: Number(condition.slice(at + 1)) };
    if ((a === 2 && b <= 1) || (a === 0 && b === 1))
      return { condition: reference, whenTrue: one, whenFalse: other };
    if ((a === 1 && b !== 1 && b !== 3) || (a === 0 && b === 2))
      return { condition: reference, whenTrue: other, whenFalse: one };
  }
  return undefined;
};

/** The nodes that a result is made by and that run under a condition only; its Switches pass their data on. */
const branchOf = (nodes: Nodes, result: Reference, condition: Reference): Region => {
  const memo = new Map<string, boolean>();
  const isGate = (node: NodeDef): boolean =>
    node.op === 'Switch' && keyOf(node.inputs[1] as Reference) === keyOf(condition);
  const depends = (name: string): boolean => {
    const known = memo.get(name);
    if (known !== undefined) return known;
    memo.set(name, false);
    const node = nodes.get(name);
    const result = node !== undefined && (isGate(node) || node.inputs.some((input) => depends(input.node)));
    memo.set(name, result);
    return result;
  };
  const inside = new Map<string, NodeDef>();
  const pending = [result.node];
  while (pending.length > 0) {
    const name = pending.pop() as string;
    const node = nodes.get(name);
    if (node === undefined || inside.has(name) || !depends(name)) continue;
    inside.set(
      name,
      isGate(node)
        ? { ...node, op: 'IdentityN', inputs: [node.inputs[0] as Reference, node.inputs[0] as Reference] }
        : node,
    );
    pending.push(...node.inputs.map((input) => input.node));
  }
  return { nodes: inside, parameters: [], outputs: [result] };
};

const outsideOf = (nodes: Nodes, { nodes: inside, outputs }: Region): readonly Reference[] =>
  [...[...inside.values()].flatMap(({ inputs }) => inputs), ...outputs].filter(
    ({ node }) => !inside.has(node) && nodes.has(node),
  );

const structureMerge = (nodes: Nodes, merge: NodeDef): NodeDef | undefined => {
  const choice = choiceOf(nodes, merge);
  if (choice === undefined) return undefined;
  const [thenBranch, elseBranch] = [choice.whenTrue, choice.whenFalse].map((result) =>
    branchOf(nodes, result, choice.condition),
  ) as [Region, Region];
  return {
    ...merge,
    op: 'If',
    inputs: [choice.condition, ...outsideOf(nodes, thenBranch), ...outsideOf(nodes, elseBranch)],
    controls: [],
    attributes: new NodeAttributes({}),
    regions: { then_branch: thenBranch, else_branch: elseBranch },
  };
};

/** Puts an If in the place of each Merge that joins two branches, the ones that others depend on first. */
export const structureConditionals = (nodes: Nodes): Nodes => {
  let current = new Map(nodes);
  for (const node of nodes.values()) {
    const structured = node.op === 'Merge' ? structureMerge(current, node) : undefined;
    if (structured !== undefined) current = new Map(current).set(node.name, structured);
  }
  return current;
};
