import { int, intsOf, numberOf, type GraphNode, type Value } from '../graph/graph.ts';
import { composePermutations, isIdentity, type Permutation } from '../graph/permutation.ts';
import { rewritePass } from './pass.ts';

const JOINS = new Set(['Add', 'Concat', 'Div', 'Max', 'Min', 'Mul', 'Sub']);

/** The same node where its inputs are permuted: a Concat joins another axis. */
const permutedAttributes = (
  { op, attributes }: GraphNode,
  permutation: Permutation,
): GraphNode['attributes'] => {
  if (op !== 'Concat') return attributes;
  const axis = numberOf(attributes, 'axis', 0);
  return { axis: int(permutation.indexOf(axis < 0 ? axis + permutation.length : axis)) };
};

/**
 * Moves a Transpose from behind a node that joins several inputs in front of it where it meets its inverse on as many
 * sides as it does not: fewer Transposes are left.
 */
export const liftTransposes = rewritePass('lift-transposes', (node, { builder, isOnlyReader }) => {
  const [input] = node.inputs;
  const inner = node.op === 'Transpose' && input !== undefined ? builder.producer(input) : undefined;
  if (inner === undefined || input === undefined || !JOINS.has(inner.op) || !isOnlyReader(input))
    return undefined;
  const permutation = intsOf(node.attributes, 'perm');
  const undone = (value: Value): Value | undefined => {
    const before = builder.producedBy(value, 'Transpose');
    const isInverse =
      before !== undefined && isIdentity(composePermutations(intsOf(before.attributes, 'perm'), permutation));
    return isInverse ? before.inputs[0] : undefined;
  };
  const isWhole = inner.inputs.every((value) => value.shape.length === permutation.length);
  const count = inner.inputs.filter((value) => undone(value) !== undefined).length;
  if (!isWhole || count === 0 || inner.inputs.length - count > count) return undefined;
  const inputs = inner.inputs.map(
    (value) => undone(value) ?? builder.transpose(node.label, value, permutation),
  );
  return builder.add(inner.op, inner.label, inputs, permutedAttributes(inner, permutation));
});
