import { expectedCalibrationError, reliabilityBins } from './calibration-error.ts';
import { rowArgMax } from './row-arg-max.ts';

/** What dividing the logits by one number does to a model's calibration. */
export interface TemperatureFit {
  /** Logits are divided by it before the softmax; above 1 for an overconfident model. */
  readonly temperature: number;
  readonly eceBefore: number;
  readonly eceAfter: number;
}

/**
 * The temperatures that are considered. A model that is right on every sample would want 0, one that knows nothing
 * infinity; neither is more than an accident of few samples.
 */
const TEMPERATURES = [0.25, 8] as const;

/** Halvings of the search interval: 1/T to about 1e-12. */
const STEPS = 42;

/** Scores further than this under the best class carry no probability in float32, and may be -Infinity. */
const FLOOR = -100;

interface Samples {
  /** Scores less the row's largest, `[samples, classes]`. */
  readonly scores: Float64Array;
  readonly truth: Int32Array;
  readonly predicted: Int32Array;
  readonly classes: number;
}

const scoredSamples = (params: Parameters<typeof fitTemperature>[0]): Samples => {
  const { logits, targets, scored, classes } = params;
  const allTruth = rowArgMax(targets, classes);
  const allPredicted = rowArgMax(logits, classes);
  const rows = Array.from(scored, (_, row) => row).filter((row) => scored[row] === 1);
  const scores = new Float64Array(rows.length * classes);
  for (const [sample, row] of rows.entries()) {
    const best = logits[row * classes + (allPredicted[row] as number)] as number;
    for (let column = 0; column < classes; column++)
      scores[sample * classes + column] = Math.max(FLOOR, (logits[row * classes + column] as number) - best);
  }
  const pick = (values: Int32Array): Int32Array => Int32Array.from(rows, (row) => values[row] as number);
  return { scores, truth: pick(allTruth), predicted: pick(allPredicted), classes };
};

/** The slope of the summed negative log-likelihood over the inverse temperature: expected score less score of the truth. */
const slope = ({ scores, truth, classes }: Samples, inverse: number): number => {
  let total = 0;
  for (let sample = 0; sample < truth.length; sample++) {
    let mass = 0;
    let weighted = 0;
    for (let column = 0; column < classes; column++) {
      const score = scores[sample * classes + column] as number;
      const weight = Math.exp(score * inverse);
      mass += weight;
      weighted += weight * score;
    }
    total += weighted / mass - (scores[sample * classes + (truth[sample] as number)] as number);
  }
  return total;
};

const calibrationError = ({ scores, truth, predicted, classes }: Samples, temperature: number): number => {
  const confidences = Float64Array.from(truth, (_, sample) => {
    let mass = 0;
    for (let column = 0; column < classes; column++)
      mass += Math.exp((scores[sample * classes + column] as number) / temperature);
    return 1 / mass;
  });
  const hits = Array.from(truth, (label, sample) => (label === predicted[sample] ? 1 : 0));
  return expectedCalibrationError(reliabilityBins(confidences, hits));
};

/**
 * Fits the temperature that makes a model's probabilities honest: the one with the least negative log-likelihood on
 * samples that the model was not trained on (Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2).
 * The likelihood is concave in 1/T, so halving an interval on its slope cannot miss the optimum. Which class is top
 * never changes.
 *
 * Likelihood and calibration error mostly agree, but not always: a few samples that the model is surely wrong about can
 * ask for modesty that all the others pay for. Where the error on these samples does not become smaller, the model is
 * left as it is.
 *
 * @param params.logits logits or log-probabilities (they differ by a constant per row), `[samples, classes]`.
 * @param params.targets class distributions; the first largest entry is the true class, `[samples, classes]`.
 * @param params.scored 1 for the samples to fit on, `[samples]`.
 * @returns a temperature in [0.25, 8]; 1 when no sample is scored, or when no temperature was found that helps.
 */
export const fitTemperature = (params: {
  readonly logits: Float32Array;
  readonly targets: Float32Array;
  readonly scored: Uint8Array;
  readonly classes: number;
}): TemperatureFit => {
  const samples = scoredSamples(params);
  if (samples.truth.length === 0) return { temperature: 1, eceBefore: 0, eceAfter: 0 };
  let [low, high] = [1 / TEMPERATURES[1], 1 / TEMPERATURES[0]];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (slope(samples, middle) < 0) low = middle;
    else high = middle;
  }
  const temperature = 2 / (low + high);
  const eceBefore = calibrationError(samples, 1);
  const eceAfter = calibrationError(samples, temperature);
  return eceAfter < eceBefore
    ? { temperature, eceBefore, eceAfter }
    : { temperature: 1, eceBefore, eceAfter: eceBefore };
};
