import { intsOf, type Value } from '../graph/graph.ts';
import { composePermutations, isIdentity } from '../graph/permutation.ts';
import { rewritePass } from './pass.ts';

const BINARY = new Set(['Add', 'Div', 'Max', 'Min', 'Mul', 'Sub']);

/**
 * Moves a Transpose from behind a node of two inputs in front of it where it meets its inverse on one side: one
 * Transpose is left on the other side, where two were.
 */
export const liftTransposes = rewritePass('lift-transposes', (node, { builder, isOnlyReader }) => {
  const [input] = node.inputs;
  const inner = node.op === 'Transpose' && input !== undefined ? builder.producer(input) : undefined;
  if (inner === undefined || input === undefined || !BINARY.has(inner.op) || !isOnlyReader(input))
    return undefined;
  const permutation = intsOf(node.attributes, 'perm');
  const undone = (value: Value): Value | undefined => {
    const before = builder.producedBy(value, 'Transpose');
    if (before === undefined) return undefined;
    return isIdentity(composePermutations(intsOf(before.attributes, 'perm'), permutation))
      ? before.inputs[0]
      : undefined;
  };
  const isWhole = inner.inputs.every((value) => value.shape.length === permutation.length);
  if (!isWhole || !inner.inputs.some((value) => undone(value) !== undefined)) return undefined;
  const inputs = inner.inputs.map(
    (value) => undone(value) ?? builder.transpose(node.label, value, permutation),
  );
  return builder.add(inner.op, inner.label, inputs, inner.attributes);
});
