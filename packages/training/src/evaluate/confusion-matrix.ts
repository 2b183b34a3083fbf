/**
 * Counts how often each true class was taken for each class.
 *
 * @param truth class of each sample, `[samples]`.
 * @param predicted class given to each sample, `[samples]`.
 * @returns `[classes][classes]`: rows are the true classes, columns the predicted ones.
 */
export const confusionMatrix = (params: {
  readonly truth: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  readonly classes: number;
}): number[][] => {
  const { truth, predicted, classes } = params;
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  for (let sample = 0; sample < truth.length; sample++) {
    const row = counts[truth[sample] as number] as number[];
    const column = predicted[sample] as number;
    row[column] = (row[column] as number) + 1;
  }
  return counts;
};
