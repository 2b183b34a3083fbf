import tf from '@tensorflow/tfjs';
import { fusedNormalizer, type FusedNormalizer } from './fused-normalizer.ts';

type SaveForGradient = (tensors: tf.Tensor[]) => void;
type LayerVariable = { read(): tf.Tensor1D; write(value: tf.Tensor1D): LayerVariable };

/** A batch-normalisation layer with the fields that its typings call private. */
interface BatchNormalization extends tf.layers.Layer {
  readonly gamma: LayerVariable;
  readonly beta: LayerVariable;
  readonly movingMean: LayerVariable;
  readonly movingVariance: LayerVariable;
  readonly momentum: number;
  readonly epsilon: number;
  readonly axis: number;
}

const asOne = <T extends tf.Tensor>(tensors: T | T[]): T =>
  Array.isArray(tensors) ? (tensors[0] as T) : tensors;

/** `average += (value - average) * (1 - momentum)`, as the layer itself does. */
const follow = (average: LayerVariable, value: tf.Tensor1D, momentum: number): void => {
  const before = average.read();
  average.write(before.sub<tf.Tensor1D>(before.sub(value).mul(1 - momentum)));
};

/**
 * Lets a batch-normalisation layer's running statistics follow those of a batch.
 *
 * @param variance plain, not Bessel-corrected.
 */
export const followStatistics = (layer: tf.layers.Layer, mean: tf.Tensor1D, variance: tf.Tensor1D): void => {
  const { movingMean, movingVariance, momentum } = layer as BatchNormalization;
  follow(movingMean, mean, momentum);
  follow(movingVariance, variance, momentum);
};

/** Normalises one batch and differentiates it with one kernel each; updates the running statistics. */
const normalizeBatch = (
  normalizer: FusedNormalizer,
  layer: BatchNormalization,
  input: tf.Tensor,
): tf.Tensor => {
  const { epsilon } = layer;
  const normalize = tf.customGrad((...args) => {
    const [x, gamma, beta, save] = args as [tf.Tensor, tf.Tensor1D, tf.Tensor1D, SaveForGradient];
    const { y, mean, variance, saved } = normalizer.normalize(x, gamma, beta, epsilon);
    followStatistics(layer, mean, variance);
    save(saved);
    const gradFunc = (dy: tf.Tensor, again: tf.Tensor[]): tf.Tensor[] =>
      normalizer.differentiate(dy, again, epsilon);
    return { value: y, gradFunc };
  });
  return normalize(input, layer.gamma.read(), layer.beta.read());
};

/**
 * Lets a model's batch-normalisation layers train with the backend's own kernels instead of the chain of small ops
 * that TensorFlow.js composes, whose gradient takes about half of a step. The results are the same to rounding.
 *
 * Does nothing on a backend that has no such kernels. Call it before the model is applied in training mode.
 */
export const fuseBatchNormalization = (model: tf.LayersModel): void => {
  const normalizer = fusedNormalizer();
  if (normalizer === undefined) return;
  for (const layer of model.layers) {
    if (layer.getClassName() !== 'BatchNormalization') continue;
    const plainCall = layer.call.bind(layer);
    layer.call = (inputs, options) => {
      const input = asOne(inputs);
      const { axis } = layer as BatchNormalization;
      const isFusable = options['training'] === true && input.rank === 4 && (axis === -1 || axis === 3);
      return isFusable
        ? tf.tidy(() => normalizeBatch(normalizer, layer as BatchNormalization, input))
        : plainCall(inputs, options);
    };
  }
};
