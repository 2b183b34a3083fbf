import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTrainedModelCard } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { emptyFolder } from '../dataset/image-folder.test-support.ts';
import { finishRun, type FinishParams } from './finish-run.ts';
import type { EpochRecord } from './history.ts';
import { TINY_GEOMETRY, TINY_RECIPE, tinyModel, tinySplit } from './train.test-support.ts';

const EPOCH: EpochRecord = {
  epoch: 1,
  learningRate: 0.02,
  trainLoss: 0.7,
  trainAccuracy: 0.5,
  validationLoss: 0.7,
  validationAccuracy: 0.5,
  validationMacroF1: 0.5,
  imagesPerSecond: 100,
  seconds: 1,
};

const paramsFor = (folder: string): FinishParams => ({
  folder,
  options: { data: 'halves', architecture: 'tiny', seed: 1, settings: {} },
  models: {},
  recipe: TINY_RECIPE,
  dataset: {
    name: 'halves',
    kind: 'folder',
    labels: ['upper', 'lower'],
    ...TINY_GEOMETRY,
    fingerprint: 'f'.repeat(64),
    protocol: 'own labels',
    train: tinySplit(8, 1),
    validation: tinySplit(8, 2),
    test: undefined,
    skipped: [],
  },
  model: tinyModel(1),
  result: { history: [EPOCH], best: EPOCH, stopped: 'epochs' },
  backend: 'cpu',
  code: 'c',
});

let folder = '';
beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});
beforeEach(async () => {
  folder = await emptyFolder();
});

test('leaves the files of a model, and nothing of a run that was killed while it finished', async () => {
  await mkdir(join(folder, '.finishing', 'half-written'), { recursive: true });
  const card = await finishRun(paramsFor(folder));
  const files = ['card.json', 'history.json', 'model.json', 'report.html', 'run.json', 'weights.bin'];
  expect((await readdir(folder)).toSorted()).toEqual(files);
  expect(parseTrainedModelCard(JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')))).toEqual(card);
});

test('leaves nothing half-written where a file cannot be put in place', async () => {
  // A folder that is not empty stands where a file should go.
  await mkdir(join(folder, 'weights.bin', 'in the way'), { recursive: true });
  await expect(finishRun(paramsFor(folder))).rejects.toThrow(/weights\.bin/u);
  expect(await readdir(folder)).toEqual(['weights.bin']);
});
