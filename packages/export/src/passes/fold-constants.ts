import { knownIntegers } from '../graph/contents.ts';
import { intsOf, type GraphNode } from '../graph/graph.ts';
import { numbersOf, numericTensor, reshapeTensor, transposeTensor, type Tensor } from '../graph/tensor.ts';
import { rewritePass } from './pass.ts';

type Fold = (node: GraphNode, constant: Tensor) => Tensor | undefined;

const isKnown = (shape: readonly (number | string)[]): shape is readonly number[] =>
  shape.every((dim) => typeof dim === 'number');

/** The elements stay as they are, and the shape is the one of the result. */
const reshape: Fold = ({ output }, constant) =>
  isKnown(output.shape) ? reshapeTensor(constant, output.shape) : undefined;

const cast: Fold = ({ output }, constant) => {
  const numbers = numbersOf(constant);
  if (numbers === undefined || output.dtype === 'string') return undefined;
  const isCut = output.dtype === 'int32' || output.dtype === 'int64';
  return numericTensor(output.dtype, constant.shape, isCut ? Array.from(numbers, Math.trunc) : numbers);
};

const FOLDS: Readonly<Record<string, Fold>> = {
  Cast: cast,
  Reshape: reshape,
  Squeeze: reshape,
  Transpose: ({ attributes }, constant) => transposeTensor(constant, intsOf(attributes, 'perm')),
  Unsqueeze: reshape,
};

/** What a step in arithmetic does to two numbers. */
const ARITHMETIC: Readonly<Record<string, (one: number, other: number) => number>> = {
  Add: (one, other) => one + other,
  Div: (one, other) => one / other,
  Mul: (one, other) => one * other,
  Sub: (one, other) => one - other,
};

/** Constants that a graph adds or multiplies, one of them a lone number or both of one shape. */
const foldArithmetic = ({ op, inputs, output }: GraphNode): Tensor | undefined => {
  const combine = ARITHMETIC[op];
  const [one, other] = inputs.map((input) => input.constant?.tensor);
  if (
    combine === undefined ||
    one?.dtype !== 'float32' ||
    other?.dtype !== 'float32' ||
    !isKnown(output.shape)
  )
    return undefined;
  const isAligned = [one, other].every(
    ({ data, shape }) => data.length === 1 || shape.join() === output.shape.join(),
  );
  if (!isAligned) return undefined;
  const length = Math.max(one.data.length, other.data.length);
  const at = (tensor: typeof one, index: number): number =>
    tensor.data[tensor.data.length === 1 ? 0 : index] as number;
  return numericTensor(
    'float32',
    output.shape,
    Float32Array.from({ length }, (_, index) => combine(at(one, index), at(other, index))),
  );
};

/**
 * Computes what depends on constants alone: changes of shape, order and type, and plain arithmetic. No result has more
 * elements than what it is made of, so the file never grows. What the model's own constants make is computed before,
 * by tfjs; this is what converters and passes leave.
 */
export const foldConstants = rewritePass('fold-constants', (node, { builder }) => {
  const constant = node.inputs[0]?.constant;
  if (constant === undefined) return undefined;
  const others = node.inputs
    .slice(1)
    .every((input) => input.constant !== undefined || knownIntegers(input) !== undefined);
  const folded = others ? (FOLDS[node.op]?.(node, constant.tensor) ?? foldArithmetic(node)) : undefined;
  return folded === undefined ? undefined : builder.constant(constant.label, folded);
});
