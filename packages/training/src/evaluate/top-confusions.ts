/** One class taken for another. */
export interface Confusion {
  readonly truth: string;
  readonly predicted: string;
  /** Number of samples, at least 1. */
  readonly count: number;
  /** `count` over all samples of the true class, in (0, 1]. */
  readonly shareOfTruth: number;
}

/**
 * The pairs of classes that are mixed up most often, most frequent first; equal counts by share, then in the order of
 * the labels.
 *
 * @param confusion rows are the true classes, columns the predicted ones.
 * @param labels the classes, in the order of the rows.
 */
export const topConfusions = (
  confusion: readonly (readonly number[])[],
  labels: readonly string[],
  limit = 10,
): Confusion[] =>
  confusion
    .flatMap((row, rowIndex) => {
      const support = row.reduce((total, count) => total + count, 0);
      return row.flatMap((count, columnIndex): Confusion[] =>
        count === 0 || rowIndex === columnIndex
          ? []
          : [
              {
                truth: labels[rowIndex] as string,
                predicted: labels[columnIndex] as string,
                count,
                shareOfTruth: count / support,
              },
            ],
      );
    })
    .toSorted((a, b) => b.count - a.count || b.shareOfTruth - a.shareOfTruth)
    .slice(0, limit);
