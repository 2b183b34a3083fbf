import { rowArgMax } from './row-arg-max.ts';

/** A scored sample that the model got wrong. */
export interface Mistake {
  /** Number of the sample in its split. */
  readonly index: number;
  readonly truth: string;
  readonly predicted: string;
  /** Probability that the model gave to its answer, in [0, 1]. */
  readonly probability: number;
  /** Probability that it gave to the true class, in [0, 1]. */
  readonly probabilityOfTruth: number;
}

/**
 * The mistakes that the model was surest of, surest first: the place to look for wrong labels and blind spots.
 *
 * @param params.probabilities `[samples, classes]`.
 * @param params.targets class distributions; the first largest entry is the true class, `[samples, classes]`.
 * @param params.scored 1 for the samples that count, `[samples]`.
 */
export const worstMistakes = (params: {
  readonly probabilities: Float32Array;
  readonly targets: Float32Array;
  readonly scored: Uint8Array;
  readonly labels: readonly string[];
  readonly limit?: number;
}): Mistake[] => {
  const { probabilities, targets, scored, labels, limit = 24 } = params;
  const classes = labels.length;
  const truth = rowArgMax(targets, classes);
  const predicted = rowArgMax(probabilities, classes);
  return Array.from(scored, (_, index) => index)
    .filter((index) => scored[index] === 1 && truth[index] !== predicted[index])
    .map((index) => ({
      index,
      truth: labels[truth[index] as number] as string,
      predicted: labels[predicted[index] as number] as string,
      probability: probabilities[index * classes + (predicted[index] as number)] as number,
      probabilityOfTruth: probabilities[index * classes + (truth[index] as number)] as number,
    }))
    .toSorted((a, b) => b.probability - a.probability || a.index - b.index)
    .slice(0, limit);
};
