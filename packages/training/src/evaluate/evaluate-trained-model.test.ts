import { createRandom } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import type { ImageDataset, ImageSplit } from '../dataset/image-dataset.ts';
import { MissingSplitError } from './choose-split.ts';
import { evaluateTrainedModel } from './evaluate-trained-model.ts';
import { brightHalfCard, brightHalfModel } from './trained-model.test-support.ts';

tf.enableProdMode();

/** Pictures of which the half named by `labels` is the brighter one; every fifth picture is labelled wrongly. */
const halves = (count: number, labels: readonly string[], seed: number): ImageSplit => {
  const random = createRandom(seed);
  const pixels = new Uint8Array(count * 64);
  const targets = new Float32Array(count * 2);
  for (let image = 0; image < count; image++) {
    const isLeft = random.chance(0.5);
    for (let pixel = 0; pixel < 64; pixel++)
      pixels[image * 64 + pixel] = (pixel % 8 < 4 === isLeft ? 150 : 40) + random.integer(60);
    const label = isLeft === (image % 5 !== 0) ? 'left' : 'right';
    targets[image * 2 + labels.indexOf(label)] = 1;
  }
  const sources = Array.from({ length: count }, (_, image) => `image ${image}`);
  return { count, pixels, targets, sources, scored: new Uint8Array(count).fill(1) };
};

const dataset = (overrides: Partial<ImageDataset> = {}): ImageDataset => {
  const labels = overrides.labels ?? ['left', 'right'];
  return {
    name: 'halves',
    kind: 'folder',
    labels,
    widthPx: 8,
    heightPx: 8,
    channels: 1,
    fingerprint: 'cd'.repeat(32),
    protocol: 'own labels',
    train: halves(10, labels, 1),
    validation: halves(20, labels, 2),
    test: undefined,
    skipped: [],
    ...overrides,
  };
};

const trained = () => ({ model: brightHalfModel(), card: brightHalfCard() });

describe('evaluateTrainedModel', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('finds the share of wrong labels that the data was given', async () => {
    const { result } = await evaluateTrainedModel({ trained: trained(), dataset: dataset() });
    expect(result.evaluation).toMatchObject({ split: 'validation', samples: 20, accuracy: 0.8 });
  });

  test('scores data whose classes stand in another order alike', async () => {
    const turned = dataset({ labels: ['right', 'left'] });
    const { result } = await evaluateTrainedModel({ trained: trained(), dataset: turned });
    expect(result.evaluation.accuracy).toBe(0.8);
    expect(result.evaluation.perClass.map(({ label }) => label)).toEqual(['left', 'right']);
  });

  test('prefers the test split, and takes the one that it is told', async () => {
    const data = dataset({ test: halves(15, ['left', 'right'], 3) });
    const scored = async (split?: 'train') =>
      (
        await evaluateTrainedModel({
          trained: trained(),
          dataset: data,
          ...(split === undefined ? {} : { split }),
        })
      ).result.evaluation;
    expect(await scored()).toMatchObject({ split: 'test', samples: 15 });
    expect(await scored('train')).toMatchObject({ split: 'train', samples: 10 });
  });

  test('refuses a split that is not there, naming those that are', async () => {
    const scoring = evaluateTrainedModel({ trained: trained(), dataset: dataset(), split: 'test' });
    await expect(scoring).rejects.toThrow(MissingSplitError);
    await expect(scoring).rejects.toThrow(/one of: train, validation\./u);
  });

  test.each([
    ['other data', {}, 'validation', 'none'],
    ['the training data', { fingerprint: 'ab'.repeat(32) }, 'validation', 'selected'],
    ['the training data', { fingerprint: 'ab'.repeat(32) }, 'train', 'trained'],
    [
      'as many images as the training data',
      { train: halves(40, ['left', 'right'], 1), validation: halves(12, ['left', 'right'], 2) },
      'validation',
      'selected',
    ],
    [
      'the test split of the training data',
      { fingerprint: 'ab'.repeat(32), test: halves(5, ['left', 'right'], 3) },
      'test',
      'none',
    ],
  ] as const)('knows what the model has seen of %s', async (_, overrides, split, expected) => {
    const { overlap, result } = await evaluateTrainedModel({
      trained: trained(),
      dataset: dataset(overrides),
      split,
    });
    expect(overlap).toBe(expected);
    expect(result.evaluation.usedForSelection).toBe(expected !== 'none');
  });
});
