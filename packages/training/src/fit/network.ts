import { MienError, mixSeed } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import type { ComputeType } from '../backend/native/native-ops.ts';
import { NativeTrunk } from '../backend/native/native-trunk.ts';
import {
  differentiateAny,
  differentiateNatively,
  type Differentiate,
  type NetworkParts,
} from './differentiate.ts';

/** A model as the training loop sees it. */
export interface Network {
  readonly model: tf.LayersModel;
  /** Kernels, biases, scales and shifts, in the model's order. */
  readonly trainables: readonly tf.Variable[];
  /** Running statistics of the normalisation layers, in the model's order. */
  readonly statistics: readonly tf.Variable[];
  /** Number of classes of each head, in the order of the model's outputs. */
  readonly classes: readonly number[];
  /** Runs it in training mode and differentiates by {@link Network.trainables}, in their order. */
  readonly differentiate: Differentiate;
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

const isDropout = (layer: tf.layers.Layer): boolean => layer.getClassName() === 'Dropout';

const partsOf = (model: tf.LayersModel): NetworkParts => {
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
