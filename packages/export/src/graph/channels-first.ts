import type { Value } from './graph.ts';
import type { NodeWriter } from './node-writer.ts';
import { invertPermutation, type Permutation } from './permutation.ts';

/** The order that puts the last axis behind the first: `[0, 3, 1, 2]` for images. */
const towardsFront = (rank: number): Permutation => [
  0,
  rank - 1,
  ...Array.from({ length: rank - 2 }, (_, axis) => axis + 1),
];

/**
 * Writes an operator channels first, as ONNX's image operators want it, and turns the result back. The passes cancel
 * the Transposes that this leaves.
 *
 * @param input channels last, of rank 3 or more.
 */
export const inChannelsFirst = (
  writer: NodeWriter,
  input: Value,
  operate: (input: Value) => Value,
): Value => {
  const permutation = towardsFront(input.shape.length);
  const output = operate(writer.transpose(input, permutation));
  return writer.transpose(output, invertPermutation(towardsFront(output.shape.length)));
};
