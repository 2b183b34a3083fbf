import { MienError, mixSeed } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { followStatistics, fuseBatchNormalization } from '../backend/fuse-batch-normalization.ts';
import type { ComputeType } from '../backend/native/native-ops.ts';
import { NativeTrunk } from '../backend/native/native-trunk.ts';

/** A loss and its gradients. */
export type Differentiated = {
  readonly loss: tf.Scalar;
  /** In training mode, `[N, classes]`; the heads' one after the other. */
  readonly logits: tf.Tensor2D;
  /** In the order of {@link Network.trainables}. */
  readonly gradients: tf.Tensor[];
};

/** A model as the training loop sees it. */
export interface Network {
  readonly model: tf.LayersModel;
  /** Kernels, biases, scales and shifts, in the model's order. */
  readonly trainables: readonly tf.Variable[];
  /** Running statistics of the normalisation layers, in the model's order. */
  readonly statistics: readonly tf.Variable[];
  /** Number of classes of each head, in the order of the model's outputs. */
  readonly classes: readonly number[];
  /** Runs it in training mode, differentiates a loss of its logits, and lets running statistics follow. */
  differentiate(pixels: tf.Tensor4D, loss: (logits: tf.Tensor2D) => tf.Scalar): Differentiated;
  /**
   * Gives every dropout layer the seed of one step, so that a step's mask does not depend on the steps before; `null`
   * takes the seeds away again.
   */
  seedDropout(step: number | null): void;
  /** Frees the weights; neither network nor model can be used afterwards. */
  dispose(): void;
}

/** Images cannot be computed in the type that was asked for. */
export class PrecisionUnavailableError extends MienError {
  override readonly name = 'PrecisionUnavailableError';
  constructor(
    readonly precision: ComputeType,
    readonly reason: string,
  ) {
    super(`Cannot train in ${precision}: ${reason}. Train in float32 (--precision float32).`);
  }
}

/** tfjs types a layer's variable and a dropout's seed as private; both are plain fields. */
type LayerVariable = { readonly val: tf.Variable };
type DropoutLayer = tf.layers.Layer & { seed: number | undefined };

const variablesOf = (weights: tf.LayersModel['weights']): tf.Variable[] =>
  (weights as unknown as readonly LayerVariable[]).map(({ val }) => val);

/** The parts of a model: the trunk up to the features, what stands between them and the heads, the heads. */
interface Parts {
  readonly features: tf.SymbolicTensor;
  readonly dropouts: readonly tf.layers.Layer[];
  /** Kernel and bias of each head. */
  readonly heads: readonly (readonly [tf.Variable<tf.Rank.R2>, tf.Variable<tf.Rank.R1>])[];
}

const isDropout = (layer: tf.layers.Layer): boolean => layer.getClassName() === 'Dropout';

const partsOf = (model: tf.LayersModel): Parts => {
  const layers = model.outputs.map(({ sourceLayer }) => sourceLayer);
  const dropouts: tf.layers.Layer[] = [];
  let features = layers[0]?.input as tf.SymbolicTensor;
  while (isDropout(features.sourceLayer)) {
    dropouts.unshift(features.sourceLayer);
    features = features.inputs[0] as tf.SymbolicTensor;
  }
  const heads = layers.map(
    (layer) => variablesOf(layer.weights) as [tf.Variable<tf.Rank.R2>, tf.Variable<tf.Rank.R1>],
  );
  return { features, dropouts, heads };
};

/** Features to logits, in training mode. */
const logitsOf = ({ dropouts, heads }: Parts, features: tf.Tensor2D): tf.Tensor2D => {
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

type Differentiate = (pixels: tf.Tensor4D, loss: (logits: tf.Tensor2D) => tf.Scalar) => Differentiated;

/** Through TensorFlow.js's own differentiation: any layers, any backend. */
const differentiateAny = (
  model: tf.LayersModel,
  parts: Parts,
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

/** Through a trunk of native ops, and TensorFlow.js for what little comes behind it. */
const differentiateNatively = (
  trunk: NativeTrunk,
  parts: Parts,
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

/**
 * Opens a model for training. Its outputs must be dense layers with a softmax, all on the same features; the loss is
 * computed from what goes into those softmaxes.
 *
 * On native TensorFlow, networks of common layers train through {@link NativeTrunk}; everything else through
 * TensorFlow.js's own differentiation, with the same results to rounding.
 *
 * @param precision the type in which images are computed while training; the weights are float32 always.
 * @throws {PrecisionUnavailableError} when backend or network have no such type.
 */
export const openNetwork = (
  model: tf.LayersModel,
  seed: number,
  precision: ComputeType = 'float32',
): Network => {
  const isNative = tf.getBackend() === 'tensorflow';
  if (precision !== 'float32' && !isNative)
    throw new PrecisionUnavailableError(precision, `the ${tf.getBackend()} backend has no such type`);
  const parts = partsOf(model);
  const [pixels] = model.inputs as [tf.SymbolicTensor];
  const trunk = isNative ? NativeTrunk.open(pixels, parts.features, precision) : undefined;
  if (precision !== 'float32' && trunk === undefined)
    throw new PrecisionUnavailableError(
      precision,
      'the network has layers that are computed in float32 only',
    );
  const trainables = variablesOf(model.trainableWeights);
  const dropouts = model.layers.filter(isDropout) as DropoutLayer[];
  return {
    model,
    trainables,
    statistics: variablesOf(model.nonTrainableWeights),
    classes: parts.heads.map(([kernel]) => kernel.shape[1]),
    differentiate:
      trunk === undefined
        ? differentiateAny(model, parts, trainables)
        : differentiateNatively(trunk, parts, trainables),
    seedDropout: (step) => {
      for (const [index, dropout] of dropouts.entries())
        dropout.seed = step === null ? undefined : mixSeed(seed, step, index);
    },
    dispose: () => {
      trunk?.dispose();
      model.dispose();
    },
  };
};
