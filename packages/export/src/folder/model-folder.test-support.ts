import type { TrainedModelCard } from '@mien/contract';
import * as tf from '@tensorflow/tfjs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveModel, stack } from '../agreement.test-support.ts';

/** A small classifier of gray images, softmax inside. */
export const smallClassifier = ({
  sizePx = 12,
  channels = 1,
  activation = 'softmax',
}: { sizePx?: number; channels?: 1 | 3; activation?: 'softmax' | 'linear' } = {}): tf.LayersModel =>
  stack(
    [sizePx, sizePx, channels],
    [
      tf.layers.rescaling({ scale: 1 / 255 }),
      tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 4, padding: 'same' }),
      tf.layers.batchNormalization({}),
      tf.layers.reLU({}),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3, activation }),
    ],
  );

/** The card of {@link smallClassifier}. */
export const smallCard = (sizePx = 12, channels: 1 | 3 = 1): TrainedModelCard => ({
  schemaVersion: 1,
  name: 'small',
  labels: ['angry', 'happy', 'neutral'],
  input: {
    widthPx: sizePx,
    heightPx: sizePx,
    channels,
    colour: channels === 1 ? 'gray' : 'rgb',
    range: [0, 255],
  },
  calibration: { method: 'temperature', temperature: 1, fittedOn: 'validation', eceBefore: 0, eceAfter: 0 },
  training: {
    architecture: 'small',
    parameters: 100,
    dataset: {
      name: 'noise',
      kind: 'synthetic',
      fingerprint: '0'.repeat(64),
      trainImages: 0,
      validationImages: 0,
    },
    seed: 1,
    epochs: 0,
    recipe: {},
    backend: 'cpu',
    packages: {},
    seconds: 0,
    finishedAt: '2026-01-02T03:04:05.678Z',
  },
  evaluation: [],
  licence: { weights: 'Apache-2.0', data: 'made here' },
  intendedUse: 'Tests.',
  limits: [],
});

/** Makes a temporary folder for one test and removes it afterwards. */
export const withFolder = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'mien-export-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Writes a trained model's folder, as training would leave it. */
export const writeModelFolder = async (
  folder: string,
  { model = smallClassifier(), card = smallCard() }: { model?: tf.LayersModel; card?: unknown } = {},
): Promise<void> => {
  const { modelJson, weights } = await saveModel(model);
  await writeFile(join(folder, 'model.json'), JSON.stringify(modelJson));
  await writeFile(join(folder, 'weights.bin'), weights['weights.bin'] as Uint8Array);
  await writeFile(join(folder, 'card.json'), JSON.stringify(card));
};
