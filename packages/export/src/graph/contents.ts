import type { Value } from './graph.ts';
import type { Dim } from './shape.ts';
import { numbersOf } from './tensor.ts';

/** How many elements are followed: enough for every shape, and for the settings that models keep in tensors. */
const MOST_ELEMENTS = 256;

/**
 * The elements of a value of whole numbers, of rank 0 to 2, where they are known.
 *
 * @returns one entry for each element, row by row; symbols for those that depend on a symbolic size.
 */
export const contentsOf = (value: Value | undefined): readonly Dim[] | undefined => {
  if (value === undefined || value.contents !== undefined) return value?.contents;
  const tensor = value.constant?.tensor;
  if (tensor === undefined || tensor.shape.length > 2 || tensor.data.length > MOST_ELEMENTS) return undefined;
  if (tensor.dtype !== 'int32' && tensor.dtype !== 'int64') return undefined;
  return Array.from(numbersOf(tensor) ?? []);
};

/** The elements of a value of whole numbers, where none depends on a symbolic size; whatever the rank. */
export const knownIntegers = (value: Value | undefined): number[] | undefined => {
  const tensor = value?.constant?.tensor;
  if (tensor?.dtype === 'int32' || tensor?.dtype === 'int64') return Array.from(numbersOf(tensor) ?? []);
  const contents = value?.contents;
  return contents?.every((element): element is number => typeof element === 'number') === true
    ? [...contents]
    : undefined;
};
