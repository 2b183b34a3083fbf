import { knownIntegers } from '../graph/contents.ts';
import type { GraphNode, Value } from '../graph/graph.ts';
import { rewritePass, type RuleContext } from './pass.ts';

type Simplify = (node: GraphNode, input: Value, context: RuleContext) => Value | undefined;

/**
 * Drops a Cast to the type that is there, and makes one of two. Sizes go from int64 to int32 and back, which loses
 * nothing as long as tensors have fewer than 2³¹ elements.
 */
const cast: Simplify = (node, input, { builder }) => {
  if (input.dtype === node.output.dtype) return input;
  const before = builder.producedBy(input, 'Cast');
  const [source] = before?.inputs ?? [];
  const isWhole = (value: Value): boolean => value.dtype === 'int32' || value.dtype === 'int64';
  if (source === undefined || !isWhole(source) || !isWhole(input)) return undefined;
  return builder.cast(node.label, source, node.output.dtype);
};

const sameAxes = (one: Value | undefined, other: Value | undefined): boolean => {
  const [axes, others] = [knownIntegers(one), knownIntegers(other)];
  return axes !== undefined && axes.join() === others?.join();
};

/** An axis that comes in and goes, or goes and comes back. */
const undoes =
  (op: string): Simplify =>
  (node, input, { builder }) => {
    const before = builder.producedBy(input, op);
    return before !== undefined && sameAxes(before.inputs[1], node.inputs[1]) ? before.inputs[0] : undefined;
  };

const SIMPLIFY: Readonly<Record<string, Simplify>> = {
  Cast: cast,
  Identity: (_, input) => input,
  Squeeze: undoes('Unsqueeze'),
  Unsqueeze: undoes('Squeeze'),
};

/** Drops operators that do nothing, alone or together with the one before. */
export const removeIdentities = rewritePass('remove-identities', (node, context) => {
  const [input] = node.inputs;
  return input === undefined ? undefined : SIMPLIFY[node.op]?.(node, input, context);
});
