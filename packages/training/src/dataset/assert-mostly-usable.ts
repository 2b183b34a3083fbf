import { TooManyUnusableError } from './dataset-errors.ts';
import type { SkippedSource } from './image-dataset.ts';

/** The share of damaged files or rows up to which they are merely skipped and listed. */
const MAX_UNUSABLE_SHARE = 0.05;

/** @throws {TooManyUnusableError} when over 5 % of a dataset's files or rows cannot be used. */
export const assertMostlyUsable = (
  path: string,
  unit: 'files' | 'rows',
  unusable: readonly SkippedSource[],
  total: number,
): void => {
  if (unusable.length > total * MAX_UNUSABLE_SHARE)
    throw new TooManyUnusableError(path, unit, unusable, total);
};
