import { createRandom } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { NO_AUGMENTATION } from '../augment/augment-recipe.ts';
import type { ImageSplit } from '../dataset/image-dataset.ts';
import type { Recipe } from './recipe.ts';

/** The size of the pictures in these tests. */
export const TINY_GEOMETRY = { widthPx: 6, heightPx: 6, channels: 1 } as const;

/** Pictures that tell their class by which half is bright: learnable in seconds, not by chance. */
export const tinySplit = (count: number, seed: number): ImageSplit => {
  const pixels = new Uint8Array(new SharedArrayBuffer(count * 36));
  const targets = new Float32Array(count * 2);
  for (let image = 0; image < count; image++) {
    const random = createRandom(seed, image);
    const isTopBright = image % 2 === 0;
    for (let pixel = 0; pixel < 36; pixel++) {
      const isBright = pixel < 18 === isTopBright;
      pixels[image * 36 + pixel] = (isBright ? 120 : 60) + random.integer(100);
    }
    targets[image * 2 + (isTopBright ? 0 : 1)] = 1;
  }
  return {
    count,
    pixels,
    targets,
    sources: Array.from({ length: count }, (_, image) => `image ${image}`),
    scored: new Uint8Array(count).fill(1),
  };
};

/** A network with everything that makes resuming hard: normalisation with running statistics, and dropout. */
export const tinyModel = (seed: number, { dropout = 0.25 } = {}): tf.LayersModel => {
  const initializer = (layer: number) => tf.initializers.heNormal({ seed: seed * 10 + layer });
  return tf.sequential({
    layers: [
      tf.layers.rescaling({ scale: 1 / 255, inputShape: [6, 6, 1] }),
      tf.layers.conv2d({ filters: 3, kernelSize: 3, kernelInitializer: initializer(1) }),
      tf.layers.batchNormalization({ momentum: 0.9 }),
      tf.layers.activation({ activation: 'relu' }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dropout({ rate: dropout }),
      tf.layers.dense({ units: 2, activation: 'softmax', kernelInitializer: initializer(2) }),
    ],
  });
};

/** A short recipe that uses every part of the training state. */
export const TINY_RECIPE: Recipe = {
  epochs: 3,
  stepsPerEpoch: 6,
  batchSize: 8,
  validationSteps: null,
  optimizer: 'adamw',
  learningRate: 0.02,
  schedule: 'cosine',
  warmupEpochs: 0.5,
  weightDecay: 1e-2,
  loss: 'cross-entropy',
  labelSmoothing: 0.05,
  ownLabelsWeight: 0.5,
  ownLabelsSmoothing: 0,
  distillation: 0.5,
  precision: 'float32',
  emaDecay: 0.9,
  patience: 0,
  stopAtAccuracy: null,
  augment: { ...NO_AUGMENTATION, horizontalFlip: true, widthShiftRange: 0.1, mixupAlpha: 0.2 },
};
