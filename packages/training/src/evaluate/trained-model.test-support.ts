import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FERPLUS_LABELS, MAIN_OUTPUT, type TrainedModelCard } from '@mien/contract';
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

/** The name of the second output of {@link twoHeadModel}. */
export const HALF = 'half';

/** A card that fits {@link twoHeadModel}. */
export const twoHeadCard = (): TrainedModelCard => {
  const { labels, ...card } = brightHalfCard();
  const half = { output: HALF, labels, calibration: card.calibration, evaluation: [] };
  return { ...card, labels: [...FERPLUS_LABELS], otherHeads: [half] };
};

/** {@link brightHalfModel} as the second head beside one of FER+'s labels, to which left is neutral and right happiness. */
export const twoHeadModel = (): tf.LayersModel => {
  const pixels = tf.input({ shape: [8, 8, 1] });
  const flat = tf.layers.flatten().apply(pixels) as tf.SymbolicTensor;
  const head = (name: string, units: number): tf.SymbolicTensor =>
    tf.layers.dense({ name, units, activation: 'softmax' }).apply(flat) as tf.SymbolicTensor;
  const outputs = [head(MAIN_OUTPUT, FERPLUS_LABELS.length), head(HALF, 2)];
  const model = tf.model({ inputs: pixels, outputs });
  tf.tidy(() => {
    const [kernel, bias] = brightHalfModel().getWeights() as [tf.Tensor2D, tf.Tensor1D];
    const others = FERPLUS_LABELS.length - 2;
    const wide = tf.concat([kernel, tf.zeros<tf.Rank.R2>([64, others])], 1);
    const wideBias = tf.concat([bias, tf.ones<tf.Rank.R1>([others]).mul<tf.Tensor1D>(-9)]);
    model.setWeights([wide, wideBias, kernel, bias]);
  });
  return model;
};

/** Writes the folder that training would have left of a model. */
const writeModel = async (dir: string, model: tf.LayersModel, card: unknown): Promise<void> => {
  const { json, weights } = await toModelFiles(model);
  model.dispose();
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'model.json'), json);
  await writeFile(join(dir, 'weights.bin'), weights);
  await writeFile(join(dir, 'card.json'), JSON.stringify(card));
};

/** Writes the folder that training would have left of {@link brightHalfModel}. */
export const writeBrightHalfModel = (dir: string, card: unknown = brightHalfCard()): Promise<void> =>
  writeModel(dir, brightHalfModel(), card);

/** Writes the folder that training would have left of {@link twoHeadModel}. */
export const writeTwoHeadModel = (dir: string): Promise<void> =>
  writeModel(dir, twoHeadModel(), twoHeadCard());
