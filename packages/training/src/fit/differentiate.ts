import tf from '@tensorflow/tfjs';
import { followStatistics, fuseBatchNormalization } from '../backend/fuse-batch-normalization.ts';
import type { NativeTrunk } from '../backend/native/native-trunk.ts';

/** A loss and its gradients. */
export type Differentiated = {
  readonly loss: tf.Scalar;
  /** In training mode, `[N, classes]`; the heads' one after the other. */
  readonly logits: tf.Tensor2D;
  /** In the order of the variables that were asked for. */
  readonly gradients: tf.Tensor[];
};

/** The parts of a model: the trunk up to the features, what stands between them and the heads, the heads. */
export interface NetworkParts {
  readonly features: tf.SymbolicTensor;
  readonly dropouts: readonly tf.layers.Layer[];
  /** Kernel and bias of each head. */
  readonly heads: readonly (readonly [tf.Variable<tf.Rank.R2>, tf.Variable<tf.Rank.R1>])[];
}

/** Features to logits, in training mode. */
const logitsOf = ({ dropouts, heads }: NetworkParts, features: tf.Tensor2D): tf.Tensor2D => {
  let dropped = features;
  for (const layer of dropouts) dropped = layer.apply(dropped, { training: true }) as tf.Tensor2D;
  const kernel = tf.concat(
    heads.map(([weights]) => weights),
    1,
  );
  const bias = tf.concat(heads.map(([, weights]) => weights));
  return tf.matMul(dropped, kernel).add<tf.Tensor2D>(bias);
};

/** Takes a tensor that was kept from an inner scope into this one, which frees it or gives it back. */
const handOn = (kept: tf.Tensor2D): tf.Tensor2D => {
  const handed = kept.clone();
  kept.dispose();
  return handed;
};

/** Runs a network in training mode, differentiates a loss of its logits, and lets running statistics follow. */
export type Differentiate = (pixels: tf.Tensor4D, loss: (logits: tf.Tensor2D) => tf.Scalar) => Differentiated;

/**
 * Through TensorFlow.js's own differentiation: any layers, any backend.
 *
 * @param trainables what to differentiate by.
 */
export const differentiateAny = (
  model: tf.LayersModel,
  parts: NetworkParts,
  trainables: readonly tf.Variable[],
): Differentiate => {
  fuseBatchNormalization(model);
  const trunk = tf.model({ inputs: model.inputs, outputs: parts.features });
  return (pixels, loss) =>
    tf.tidy(() => {
      let logits: tf.Tensor2D | undefined;
      const { value, grads } = tf.variableGrads(() => {
        const features = trunk.apply(pixels, { training: true }) as tf.Tensor2D;
        logits = tf.keep(logitsOf(parts, features));
        return loss(logits);
      }, [...trainables]);
      const gradients = trainables.map(({ name }) => grads[name] as tf.Tensor);
      const handed = handOn(logits as unknown as tf.Tensor2D);
      return { loss: value, logits: handed, gradients };
    });
};

/**
 * Through a trunk of native ops, and TensorFlow.js for what little comes behind it.
 *
 * @param trainables what to differentiate by.
 */
export const differentiateNatively = (
  trunk: NativeTrunk,
  parts: NetworkParts,
  trainables: readonly tf.Variable[],
): Differentiate => {
  const weights = parts.heads.flat();
  return (pixels, lossOf) =>
    tf.tidy(() => {
      const pass = trunk.forward(pixels);
      for (const { layer, mean, variance } of pass.statistics) followStatistics(layer, mean, variance);
      const features = tf.variable(pass.features);
      let logits: tf.Tensor2D | undefined;
      const { value, grads } = tf.variableGrads(() => {
        logits = tf.keep(logitsOf(parts, features as unknown as tf.Tensor2D));
        return lossOf(logits);
      }, [features, ...weights]);
      const byId = pass.backward(grads[features.name] as tf.Tensor2D);
      features.dispose();
      const handed = handOn(logits as unknown as tf.Tensor2D);
      const gradients = trainables.map(({ id, name }) => byId.get(id) ?? (grads[name] as tf.Tensor));
      return { loss: value, logits: handed, gradients };
    });
};
