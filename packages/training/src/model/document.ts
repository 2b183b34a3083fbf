import { MAIN_OUTPUT, mixSeed } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { DOCUMENT_RECIPE } from '../augment/augment-recipe.ts';
import type { Architecture } from './architecture.ts';
import { assertBuildable } from './invalid-build-error.ts';

const input = { widthPx: 48, heightPx: 48, channels: 3 } as const;

/** Three valid 3×3 convolutions and three poolings leave one pixel of 22. */
const smallestSidePx = 22;

/**
 * The plain CNN of the classic Keras tutorials: three convolutions with pooling, one dense layer. Weights start as in
 * Keras: Glorot-uniform kernels, zero biases.
 */
export const documentArchitecture: Architecture = {
  name: 'document',
  description: 'plain CNN: Conv 32-64-128 with max-pooling, Dense 512; 48×48 RGB',
  input,
  trainsOnCrops: false,
  takesSecondHead: false,
  recipe: {
    epochs: 10,
    stepsPerEpoch: 100,
    batchSize: 32,
    validationSteps: 50,
    optimizer: 'adam',
    learningRate: 1e-3,
    schedule: 'constant',
    warmupEpochs: 0,
    weightDecay: 0,
    loss: 'cross-entropy',
    labelSmoothing: 0,
    ownLabelsWeight: 0.5,
    ownLabelsSmoothing: 0.1,
    distillation: 0.5,
    emaDecay: 0,
    patience: 0,
    stopAtAccuracy: null,
    precision: 'float32',
    augment: DOCUMENT_RECIPE,
  },
  build({ classes, seed, input: { widthPx, heightPx, channels } = input }) {
    assertBuildable('document', { classes, widthPx, heightPx }, smallestSidePx);
    const kernelInitializer = (layer: number) =>
      tf.initializers.glorotUniform({ seed: mixSeed(seed, layer) });
    const conv = (layer: number, filters: number) =>
      tf.layers.conv2d({
        name: `conv${layer}`,
        filters,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: kernelInitializer(layer),
      });
    const pool = (layer: number) => tf.layers.maxPooling2d({ name: `pool${layer}`, poolSize: 2 });
    const dense = (layer: number, name: string, units: number, activation: 'relu' | 'softmax') =>
      tf.layers.dense({ name, units, activation, kernelInitializer: kernelInitializer(layer) });
    return tf.sequential({
      name: 'document',
      layers: [
        tf.layers.rescaling({ name: 'rescaling', scale: 1 / 255, inputShape: [heightPx, widthPx, channels] }),
        conv(1, 32),
        pool(1),
        conv(2, 64),
        pool(2),
        conv(3, 128),
        pool(3),
        tf.layers.flatten({ name: 'flatten' }),
        dense(4, 'dense', 512, 'relu'),
        dense(5, MAIN_OUTPUT, classes, 'softmax'),
      ],
    });
  },
};
