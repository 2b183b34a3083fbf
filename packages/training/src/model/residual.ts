import { mixSeed } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { RESIDUAL_RECIPE } from '../augment/augment-recipe.ts';
import type { Architecture } from './architecture.ts';
import { assertBuildable } from './invalid-build-error.ts';
import { createResidualBlocks } from './residual-blocks.ts';

const input = { widthPx: 48, heightPx: 48, channels: 1 } as const;
const stageFilters = [32, 64, 128, 256] as const;

/** Three halvings leave one pixel of 8. */
const smallestSidePx = 8;

/**
 * A small residual network (He et al. 2016) with squeeze-and-excitation (Hu et al. 2018): a stem, four stages of one
 * block each with max-pooling between, global average, dropout, softmax; 1.2 million parameters. It has no layer
 * that is bound to a size, so that training may use crops.
 */
export const residualArchitecture: Architecture = {
  name: 'residual',
  description: 'residual blocks 32-64-128-256 with squeeze-and-excitation, global pooling; 48×48 gray',
  input,
  trainsOnCrops: true,
  recipe: {
    epochs: 60,
    stepsPerEpoch: null,
    batchSize: 64,
    validationSteps: null,
    optimizer: 'nesterov',
    learningRate: 0.1,
    momentum: 0.9,
    schedule: 'cosine',
    warmupEpochs: 2,
    weightDecay: 5e-4,
    loss: 'cross-entropy',
    labelSmoothing: 0,
    emaDecay: 0.999,
    patience: 0,
    stopAtAccuracy: null,
    augment: RESIDUAL_RECIPE,
  },
  build({ classes, seed, input: { widthPx, heightPx, channels } = input }) {
    assertBuildable('residual', { classes, widthPx, heightPx }, smallestSidePx);
    const blocks = createResidualBlocks(seed);
    const pixels = tf.input({ name: 'pixels', shape: [heightPx, widthPx, channels] });
    const scaled = tf.layers
      .rescaling({ name: 'rescaling', scale: 1 / 127.5, offset: -1 })
      .apply(pixels) as tf.SymbolicTensor;
    let features = blocks.convBnRelu(scaled, 'stem', stageFilters[0]);
    for (const [index, filters] of stageFilters.entries()) {
      if (index > 0) {
        features = tf.layers
          .maxPooling2d({ name: `pool${index}`, poolSize: 2 })
          .apply(features) as tf.SymbolicTensor;
      }
      features = blocks.residual(features, `stage${index + 1}`, filters);
    }
    const pooled = tf.layers.globalAveragePooling2d({ name: 'average' }).apply(features);
    const dropped = tf.layers.dropout({ name: 'dropout', rate: 0.3 }).apply(pooled);
    const probabilities = tf.layers
      .dense({
        name: 'probabilities',
        units: classes,
        activation: 'softmax',
        kernelInitializer: tf.initializers.glorotUniform({ seed: mixSeed(seed, 0) }),
      })
      .apply(dropped) as tf.SymbolicTensor;
    return tf.model({ name: 'residual', inputs: pixels, outputs: probabilities });
  },
};
