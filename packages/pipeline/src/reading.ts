/** How likely one label is. */
export interface LabelProbability {
  readonly label: string;
  /** In [0, 1]. */
  readonly probability: number;
}

/** What a model reads in one face. Plain data: it survives JSON and `postMessage`. */
export interface Reading {
  /** The most likely label; the first of them in the card's order where several are equal. */
  readonly label: string;
  /** The probability of that label, in [0, 1]. */
  readonly probability: number;
  /** Every label of the card in the card's order, whatever its probability; they sum to 1 within float32. */
  readonly probabilities: readonly LabelProbability[];
}

/**
 * Puts labels to one row of a graph's output.
 *
 * @param row probabilities, one per label and in the same order.
 */
export const toReading = (labels: readonly string[], row: ArrayLike<number>): Reading => {
  const probabilities = labels.map((label, index) => ({ label, probability: row[index] as number }));
  const top = probabilities.reduce((best, one) => (one.probability > best.probability ? one : best));
  return { label: top.label, probability: top.probability, probabilities };
};
