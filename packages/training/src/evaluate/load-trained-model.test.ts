import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidModelCardError } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { loadTrainedModel } from './load-trained-model.ts';
import {
  CorruptTrainedModelError,
  MismatchedCardError,
  TrainedModelNotFoundError,
} from './trained-model-errors.ts';
import { brightHalfCard, brightHalfModel, writeBrightHalfModel } from './trained-model.test-support.ts';

tf.enableProdMode();

let dir = '';
beforeEach(async () => {
  await tf.setBackend('cpu');
  dir = await mkdtemp(join(tmpdir(), 'mien-model-'));
  await writeBrightHalfModel(dir);
});
afterEach(() => rm(dir, { recursive: true }));

describe('loadTrainedModel', () => {
  test('gives the card and a model that answers as the saved one', async () => {
    const { model, card } = await loadTrainedModel(dir);
    expect(card).toEqual(brightHalfCard());
    const pixels = tf.randomUniform([3, 8, 8, 1], 0, 255, 'float32', 4);
    const [loaded, saved] = [model, brightHalfModel()].map((net) =>
      (net.predict(pixels) as tf.Tensor).dataSync(),
    );
    expect(loaded).toEqual(saved);
  });

  test.each(['card.json', 'model.json', 'weights.bin'])('says when %s is missing', async (file) => {
    await rm(join(dir, file));
    await expect(loadTrainedModel(dir)).rejects.toThrow(TrainedModelNotFoundError);
    await expect(loadTrainedModel(dir)).rejects.toThrow(`${file} is missing`);
  });

  test('says when there is no folder', async () => {
    await expect(loadTrainedModel(join(dir, 'nowhere'))).rejects.toThrow(TrainedModelNotFoundError);
  });

  test('notices weights that were cut off', async () => {
    await truncate(join(dir, 'weights.bin'), 100);
    await expect(loadTrainedModel(dir)).rejects.toThrow(CorruptTrainedModelError);
    await expect(loadTrainedModel(dir)).rejects.toThrow(/has 100 bytes, the weights need 520/u);
  });

  test.each([
    ['no JSON', '{"modelTopology":'],
    ['nothing but null', 'null'],
    ['another kind of JSON', '{"hello": "world"}'],
  ])('notices a model.json that is %s', async (_, content) => {
    await writeFile(join(dir, 'model.json'), content);
    await expect(loadTrainedModel(dir)).rejects.toThrow(CorruptTrainedModelError);
  });

  test('notices layers that it does not know', async () => {
    const file = join(dir, 'model.json');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('"Dense"', '"Marble"'));
    await expect(loadTrainedModel(dir)).rejects.toThrow(/cannot build its layers/u);
  });

  test('refuses a card that does not follow the schema', async () => {
    await writeBrightHalfModel(dir, { ...brightHalfCard(), labels: [] });
    await expect(loadTrainedModel(dir)).rejects.toThrow(InvalidModelCardError);
  });

  test('refuses the card of another model', async () => {
    await writeBrightHalfModel(dir, { ...brightHalfCard(), labels: ['left', 'middle', 'right'] });
    await expect(loadTrainedModel(dir)).rejects.toThrow(MismatchedCardError);
    await expect(loadTrainedModel(dir)).rejects.toThrow(/output \[3\], the model .* output \[2\]/u);
  });
});
