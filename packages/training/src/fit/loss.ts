import tf from '@tensorflow/tfjs';
import type { LossName } from './recipe.ts';

/**
 * Spreads a share of each target evenly over the classes (Szegedy et al. 2016). Rows of zeros stay.
 *
 * @param targets distributions, `[N, classes]`.
 */
export const smoothLabels = (targets: tf.Tensor2D, labelSmoothing: number): tf.Tensor2D =>
  labelSmoothing === 0
    ? targets
    : targets
        .mul<tf.Tensor2D>(1 - labelSmoothing)
        .add(targets.sum(-1, true).mul(labelSmoothing / targets.shape[1]));

/** 1 for rows that have a target, 0 for rows of zeros: `[N, 1]`. */
const hasTarget = (targets: tf.Tensor2D): tf.Tensor => targets.sum(-1, true).greater(0).toFloat();

/**
 * Mean loss of a batch, from logits, so that no probability can round to 0.
 *
 * `cross-entropy` is −Σ target·log softmax(logits), averaged over samples; `mse` is the squared difference between
 * probabilities and targets, averaged over classes and samples, as in Keras. A row of zeros costs nothing under either.
 *
 * @param logits `[N, classes]`.
 * @param targets distributions, `[N, classes]`.
 */
export const lossOf = (loss: LossName, logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar =>
  loss === 'cross-entropy'
    ? targets.mul(tf.logSoftmax(logits)).sum(-1).mean<tf.Scalar>().neg()
    : tf.softmax(logits).sub(targets).square().mul(hasTarget(targets)).mean<tf.Scalar>();

/** One head's part in the loss. */
export interface HeadLoss {
  readonly classes: number;
  readonly weight: number;
  readonly labelSmoothing: number;
}

/**
 * Weighted sum of the heads' losses, see {@link lossOf}.
 *
 * @param logits and `targets` hold the heads' classes side by side, `[N, sum of classes]`.
 */
export const lossOfHeads = (
  name: LossName,
  logits: tf.Tensor2D,
  targets: tf.Tensor2D,
  heads: readonly HeadLoss[],
): tf.Scalar => {
  let first = 0;
  const losses = heads.map(({ classes, weight, labelSmoothing }) => {
    const own = (rows: tf.Tensor2D): tf.Tensor2D => rows.slice([0, first], [-1, classes]);
    const smoothed = smoothLabels(own(targets), labelSmoothing);
    const loss = lossOf(name, own(logits), smoothed).mul<tf.Scalar>(weight);
    first += classes;
    return loss;
  });
  return tf.addN(losses);
};

/** Smallest probability whose logarithm is taken. */
const FLOOR = 1e-12;

/**
 * Loss of one sample from its probabilities, on the host: what {@link lossOf} averages.
 *
 * @param probabilities and `targets` start at `offset` and hold `classes` numbers each.
 */
export const sampleLoss = (
  loss: LossName,
  probabilities: Float32Array,
  targets: Float32Array,
  offset: number,
  classes: number,
): number => {
  let sum = 0;
  for (let index = offset; index < offset + classes; index++) {
    const probability = probabilities[index] as number;
    const target = targets[index] as number;
    sum +=
      loss === 'cross-entropy'
        ? -target * Math.log(Math.max(probability, FLOOR))
        : (probability - target) ** 2 / classes;
  }
  return sum;
};
