/**
 * Finds how far two lists of numbers are apart.
 *
 * @returns the largest absolute difference; infinite where lengths differ or a number is NaN on one side.
 */
export const largestDifference = (expected: ArrayLike<number>, actual: ArrayLike<number>): number => {
  let largest = expected.length === actual.length ? 0 : Infinity;
  for (let index = 0; index < expected.length; index++) {
    const difference = Math.abs((expected[index] as number) - (actual[index] ?? NaN));
    largest = Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
  }
  return largest;
};
