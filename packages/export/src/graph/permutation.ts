import type { Dim, Shape } from './shape.ts';

/** An order of axes as ONNX's Transpose takes it: axis `i` of the result is axis `permutation[i]` of the input. */
export type Permutation = readonly number[];

/** Turns a channels-last image tensor into a channels-first one. */
export const NHWC_TO_NCHW: Permutation = [0, 3, 1, 2];

/** Turns a channels-first image tensor into a channels-last one. */
export const NCHW_TO_NHWC: Permutation = [0, 2, 3, 1];

/** Reorders a list, e.g. the dimensions of a shape. */
export const permute = <T>(items: readonly T[], permutation: Permutation): T[] =>
  permutation.map((axis) => items[axis] as T);

/** The permutation that undoes the given one. */
export const invertPermutation = (permutation: Permutation): number[] => {
  const inverse: number[] = [];
  for (const [to, from] of permutation.entries()) inverse[from] = to;
  return inverse;
};

/** The one permutation that does what `first` and then `second` do. */
export const composePermutations = (first: Permutation, second: Permutation): number[] =>
  permute(first, second);

/** True for the permutation that leaves every axis where it is. */
export const isIdentity = (permutation: Permutation): boolean => permutation.every((from, to) => from === to);

/**
 * True where transposing moves dimensions of size 1 alone: the elements keep their order in memory, so that a Reshape
 * does the same without moving data.
 */
export const keepsElementOrder = (shape: Shape, permutation: Permutation): boolean => {
  const moved = permutation.filter((axis) => (shape[axis] as Dim) !== 1);
  return moved.every((axis, index) => index === 0 || axis > (moved[index - 1] as number));
};
