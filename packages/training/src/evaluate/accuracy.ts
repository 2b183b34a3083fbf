/**
 * The share of samples on the diagonal of a confusion matrix.
 *
 * @returns in [0, 1]; 0 for an empty matrix.
 */
export const accuracy = (confusion: readonly (readonly number[])[]): number => {
  const hits = confusion.reduce((total, row, index) => total + (row[index] as number), 0);
  const samples = confusion.flat().reduce((total, count) => total + count, 0);
  return samples === 0 ? 0 : hits / samples;
};
