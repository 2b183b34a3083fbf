import type { TrainedModelCard } from '@mien/contract';
import * as tf from '@tensorflow/tfjs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply, randomizeWeights, saveModel, stack } from '../agreement.test-support.ts';

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

/** A model with two heads on the same features, the main one last, and its card. */
export const twoHeads = (): { model: tf.LayersModel; card: TrainedModelCard } => {
  const inputs = tf.input({ shape: [12, 12, 1] });
  const flat = apply(tf.layers.flatten(), apply(tf.layers.rescaling({ scale: 1 / 255 }), inputs));
  const head = (name: string, units: number) =>
    apply(tf.layers.dense({ name, units, activation: 'softmax' }), flat);
  const model = randomizeWeights(tf.model({ inputs, outputs: [head('mouth', 2), head('main', 3)] }));
  const { calibration, evaluation, ...card } = smallCard();
  const other = { output: 'mouth', labels: ['open', 'closed'], calibration, evaluation };
  return { model, card: { ...card, calibration, evaluation, otherHeads: [other] } };
};

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
