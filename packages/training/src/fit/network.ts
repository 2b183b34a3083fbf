import { mixSeed } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { fuseBatchNormalization } from '../backend/fuse-batch-normalization.ts';

/** A model as the training loop sees it. */
export interface Network {
  readonly model: tf.LayersModel;
  /** Kernels, biases, scales and shifts, in the model's order. */
  readonly trainables: readonly tf.Variable[];
  /** Running statistics of the normalisation layers, in the model's order. */
  readonly statistics: readonly tf.Variable[];
  /** Runs it in training mode up to the softmax: logits `[N, classes]`. */
  logits(pixels: tf.Tensor4D): tf.Tensor2D;
  /**
   * Gives every dropout layer the seed of one step, so that a step's mask does not depend on the steps before; `null`
   * takes the seeds away again.
   */
  seedDropout(step: number | null): void;
  /** Frees the weights; neither network nor model can be used afterwards. */
  dispose(): void;
}

/** tfjs types a layer's variable and a dropout's seed as private; both are plain fields. */
type LayerVariable = { readonly val: tf.Variable };
type DropoutLayer = tf.layers.Layer & { seed: number | undefined };

const variablesOf = (weights: tf.LayersModel['weights']): tf.Variable[] =>
  (weights as unknown as readonly LayerVariable[]).map(({ val }) => val);

/**
 * Opens a model for training. Its last layer must be dense with a softmax; the loss is computed from what goes into
 * that softmax.
 */
export const openNetwork = (model: tf.LayersModel, seed: number): Network => {
  fuseBatchNormalization(model);
  const head = model.layers.at(-1) as tf.layers.Layer;
  const body = tf.model({ inputs: model.inputs, outputs: head.input });
  const [kernel, bias] = variablesOf(head.weights) as [tf.Variable<tf.Rank.R2>, tf.Variable<tf.Rank.R1>];
  const dropouts = model.layers.filter((layer) => layer.getClassName() === 'Dropout') as DropoutLayer[];
  return {
    model,
    trainables: variablesOf(model.trainableWeights),
    statistics: variablesOf(model.nonTrainableWeights),
    logits: (pixels) =>
      tf.tidy(() => {
        const features = body.apply(pixels, { training: true }) as tf.Tensor2D;
        return tf.matMul(features, kernel).add<tf.Tensor2D>(bias);
      }),
    seedDropout: (step) => {
      for (const [index, dropout] of dropouts.entries())
        dropout.seed = step === null ? undefined : mixSeed(seed, step, index);
    },
    dispose: () => {
      model.dispose();
    },
  };
};
