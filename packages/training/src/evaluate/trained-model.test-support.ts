import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainedModelCard } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { toModelFiles } from '../fit/model-files.ts';

/** A card that fits {@link brightHalfModel}; no scores of its own. */
export const brightHalfCard = (): TrainedModelCard => ({
  schemaVersion: 1,
  name: 'bright half',
  labels: ['left', 'right'],
  input: { widthPx: 8, heightPx: 8, channels: 1, colour: 'gray', range: [0, 255] },
  calibration: {
    method: 'temperature',
    temperature: 1.25,
    fittedOn: 'validation',
    eceBefore: 0.08,
    eceAfter: 0.02,
  },
  training: {
    architecture: 'dense',
    parameters: 130,
    dataset: {
      name: 'halves',
      kind: 'folder',
      fingerprint: 'ab'.repeat(32),
      trainImages: 40,
      validationImages: 12,
    },
    seed: 1,
    epochs: 2,
    recipe: { optimizer: 'adam', augment: { flip: true } },
    backend: 'cpu',
    packages: { '@tensorflow/tfjs': '4.22.0' },
    seconds: 75,
    finishedAt: '2026-01-02T03:04:05.678Z',
  },
  evaluation: [],
  licence: { weights: 'Apache-2.0', data: 'made here' },
  intendedUse: 'Tests of <scoring> & reports.',
  limits: ['Knows two halves.'],
});

/** Softmax over the mean brightness of the left and of the right half: what it says can be reckoned by hand. */
export const brightHalfModel = (): tf.LayersModel => {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [8, 8, 1] }),
      tf.layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
  const kernel = Array.from({ length: 64 }, (_, pixel) => (pixel % 8 < 4 ? [0.001, 0] : [0, 0.001]));
  tf.tidy(() => model.setWeights([tf.tensor2d(kernel), tf.zeros([2])]));
  return model;
};

/** Writes the folder that training would have left of {@link brightHalfModel}. */
export const writeBrightHalfModel = async (dir: string, card: unknown = brightHalfCard()): Promise<void> => {
  const model = brightHalfModel();
  const { json, weights } = await toModelFiles(model);
  model.dispose();
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'model.json'), json);
  await writeFile(join(dir, 'weights.bin'), weights);
  await writeFile(join(dir, 'card.json'), JSON.stringify(card));
};
