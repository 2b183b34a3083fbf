import { intsOf } from '../graph/graph.ts';
import { composePermutations, isIdentity, keepsElementOrder, permute } from '../graph/permutation.ts';
import { rewritePass } from './pass.ts';

/**
 * Makes one Transpose of two in a row, drops those that do nothing, and makes a Reshape of those that move dimensions
 * of size 1 alone.
 */
export const mergeTransposes = rewritePass('merge-transposes', (node, { builder }) => {
  const [input] = node.inputs;
  if (node.op !== 'Transpose' || input === undefined) return undefined;
  const permutation = intsOf(node.attributes, 'perm');
  if (isIdentity(permutation)) return input;
  const before = builder.producedBy(input, 'Transpose');
  const [source] = before?.inputs ?? [];
  if (before !== undefined && source !== undefined) {
    const composed = composePermutations(intsOf(before.attributes, 'perm'), permutation);
    return isIdentity(composed) ? source : builder.transpose(node.label, source, composed);
  }
  const shape = permute(input.shape, permutation);
  if (!keepsElementOrder(input.shape, permutation) || !builder.canReshape(input, shape)) return undefined;
  return builder.reshape(node.label, input, shape);
});
