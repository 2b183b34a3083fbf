import tf from '@tensorflow/tfjs';
import type { LossName } from './recipe.ts';

/**
 * Spreads a share of each target evenly over the classes (Szegedy et al. 2016).
 *
 * @param targets distributions, `[N, classes]`.
 */
export const smoothLabels = (targets: tf.Tensor2D, labelSmoothing: number): tf.Tensor2D =>
  labelSmoothing === 0
    ? targets
    : targets.mul<tf.Tensor2D>(1 - labelSmoothing).add(labelSmoothing / targets.shape[1]);

/**
 * Mean loss of a batch, from logits, so that no probability can round to 0.
 *
 * `cross-entropy` is −Σ target·log softmax(logits), averaged over samples; `mse` is the squared difference between
 * probabilities and targets, averaged over classes and samples, as in Keras.
 *
 * @param logits `[N, classes]`.
 * @param targets distributions, `[N, classes]`.
 */
export const lossOf = (loss: LossName, logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar =>
  loss === 'cross-entropy'
    ? targets.mul(tf.logSoftmax(logits)).sum(-1).mean<tf.Scalar>().neg()
    : tf.softmax(logits).sub(targets).square().mean<tf.Scalar>();

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
