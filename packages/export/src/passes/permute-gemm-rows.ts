import { constantFloats } from '../graph/graph-builder.ts';
import { intsOf } from '../graph/graph.ts';
import { invertPermutation, permute } from '../graph/permutation.ts';
import { reshapeTensor, transposeTensor } from '../graph/tensor.ts';
import { rewritePass } from './pass.ts';

/**
 * Drops the Transpose before a flattened image enters a dense layer, by putting the rows of the kernel into the order
 * that the image has without it.
 */
export const permuteGemmRows = rewritePass('permute-gemm-rows', (node, { builder }) => {
  const [input, kernel, ...bias] = node.inputs;
  const flat = node.op === 'Gemm' ? builder.producedBy(input, 'Reshape') : undefined;
  const transpose = builder.producedBy(flat?.inputs[0], 'Transpose');
  const weights = constantFloats(kernel);
  const source = transpose?.inputs[0];
  if (transpose === undefined || source === undefined || weights === undefined) return undefined;
  const permutation = intsOf(transpose.attributes, 'perm');
  const [batch = 1, ...dims] = transpose.output.shape;
  if (permutation[0] !== 0 || input?.shape[0] !== batch) return undefined;
  const sizes = dims.filter((dim): dim is number => typeof dim === 'number');
  if (sizes.length < dims.length) return undefined;
  const order = invertPermutation(permutation.slice(1).map((axis) => axis - 1));
  const perElement = reshapeTensor(weights, [...sizes, weights.shape[1] as number]);
  const reordered = transposeTensor(perElement, [...order, sizes.length]);
  const rows = builder.constant(kernel?.constant?.label ?? 'kernel', reshapeTensor(reordered, weights.shape));
  const flattened = builder.reshape(flat?.label ?? node.label, source, [
    batch,
    permute(sizes, order).reduce((count, size) => count * size, 1),
  ]);
  return builder.add('Gemm', node.label, [flattened, rows, ...bias], node.attributes);
});
