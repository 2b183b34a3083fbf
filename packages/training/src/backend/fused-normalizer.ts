import tf from '@tensorflow/tfjs';
import { nativeBackend, type OpAttribute } from './native-backend.ts';
import { BATCH_NORM_TRAINING, BATCH_NORM_TRAINING_GRADIENT } from './wasm/batch-norm.ts';

/** A batch that was normalised by its own statistics. */
export interface NormalizedBatch {
  readonly y: tf.Tensor;
  readonly mean: tf.Tensor1D;
  /** Plain, not Bessel-corrected. */
  readonly variance: tf.Tensor1D;
  /** What {@link FusedNormalizer.differentiate} wants to see again. */
  readonly saved: tf.Tensor[];
}

/** Batch normalisation for training as a backend's own kernels. Channels come last. */
export interface FusedNormalizer {
  normalize(x: tf.Tensor, gamma: tf.Tensor1D, beta: tf.Tensor1D, epsilon: number): NormalizedBatch;
  /** @returns gradients in `x`, `gamma` and `beta`. */
  differentiate(dy: tf.Tensor, saved: readonly tf.Tensor[], epsilon: number): tf.Tensor[];
}

const nativeAttributes = (epsilon: number): OpAttribute[] => {
  const { binding } = nativeBackend();
  return [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'U', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: epsilon },
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
  ];
};

const native: FusedNormalizer = {
  normalize(x, gamma, beta, epsilon) {
    const unused = tf.zeros([0]);
    const inputs = [x, gamma, beta, unused, unused];
    // Outputs: y, mean, Bessel-corrected variance, then what the gradient wants: mean, plain variance, nothing on a CPU.
    const [y, mean, , savedMean, variance, reserve] = nativeBackend().executeMultipleOutputs(
      'FusedBatchNormV3',
      nativeAttributes(epsilon),
      inputs,
      6,
    ) as [tf.Tensor, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor];
    return { y, mean, variance, saved: [x, gamma, savedMean, variance, reserve] };
  },
  differentiate: (dy, saved, epsilon) =>
    nativeBackend()
      .executeMultipleOutputs('FusedBatchNormGradV3', nativeAttributes(epsilon), [dy, ...saved], 5)
      .slice(0, 3),
};

const wasm: FusedNormalizer = {
  normalize(x, gamma, beta, epsilon) {
    const [y, mean, variance] = tf
      .engine()
      .runKernel<tf.Tensor[]>(BATCH_NORM_TRAINING, { x, gamma, beta }, { epsilon }) as [
      tf.Tensor,
      tf.Tensor1D,
      tf.Tensor1D,
    ];
    return { y, mean, variance, saved: [x, gamma, mean, variance] };
  },
  differentiate(dy, saved, epsilon) {
    const [x, gamma, mean, variance] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const inputs = { dy, x, gamma, mean, variance };
    return tf.engine().runKernel<tf.Tensor[]>(BATCH_NORM_TRAINING_GRADIENT, inputs, { epsilon });
  },
};

/** The current backend's own batch normalisation; undefined where it has none. */
export const fusedNormalizer = (): FusedNormalizer | undefined =>
  ({ tensorflow: native, wasm })[tf.getBackend()];
