import tf from '@tensorflow/tfjs';
import type { Batch } from '../augment/batch.ts';
import { openNetwork } from './network.ts';
import { loadWeights, Trainer, type StepRecipe } from './trainer.ts';
import { TINY_GEOMETRY, TINY_RECIPE, tinyModel, tinySplit } from './train.test-support.ts';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

const batchOf = (count: number): Batch => {
  const { pixels, targets } = tinySplit(count, 3);
  return { pixels: Float32Array.from(pixels), targets, size: count, ...TINY_GEOMETRY };
};

const plain: StepRecipe = {
  optimizer: 'sgd',
  weightDecay: 0,
  loss: 'cross-entropy',
  labelSmoothing: 0,
  ownLabelsWeight: 0.5,
  ownLabelsSmoothing: 0,
  distillation: 0.5,
  emaDecay: 0,
};

const withTrainer = async <T>(
  recipe: StepRecipe,
  use: (trainer: Trainer, network: ReturnType<typeof openNetwork>) => Promise<T>,
): Promise<T> => {
  const network = openNetwork(tinyModel(1), 1);
  const trainer = new Trainer(network, recipe);
  try {
    return await use(trainer, network);
  } finally {
    trainer.dispose();
    network.dispose();
  }
};

const step = (trainer: Trainer, count: number, learningRate = 0.1): number[] => {
  const metrics = trainer.step(batchOf(8), count, learningRate);
  const values = [...metrics.dataSync()];
  metrics.dispose();
  return values;
};

const kernelsOf = (model: tf.LayersModel): number[][] =>
  model.trainableWeights.map((weight) => [...(weight.read().dataSync() as Float32Array)]);

test('a step is that of tfjs: same loss, same weights', async () => {
  // Without dropout, whose mask tfjs draws for itself.
  const model = tinyModel(1, { dropout: 0 });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy' });
  const batch = batchOf(8);
  const pixels = tf.tensor4d(batch.pixels, [8, 6, 6, 1]);
  const targets = tf.tensor2d(batch.targets, [8, 2]);
  const network = openNetwork(tinyModel(1, { dropout: 0 }), 1);
  const trainer = new Trainer(network, plain);
  const [loss] = step(trainer, 0);
  const expectedLoss = await model.trainOnBatch(pixels, targets);
  expect(loss).toBeCloseTo(expectedLoss as number, 5);
  const expected = kernelsOf(model);
  for (const [index, values] of kernelsOf(network.model).entries()) {
    for (const [position, value] of values.entries())
      expect(value).toBeCloseTo((expected[index] as number[])[position] as number, 5);
  }
  tf.dispose([pixels, targets]);
  trainer.dispose();
});

test('counts right answers', async () => {
  await withTrainer(plain, async (trainer) => {
    let right = 0;
    for (let count = 0; count < 60; count++) right = step(trainer, count, 0.3)[1] as number;
    expect(right).toBeGreaterThanOrEqual(7);
  });
});

test('weight decay shrinks kernels and leaves biases and scales', async () => {
  await withTrainer({ ...plain, weightDecay: 0.5 }, async (trainer, network) => {
    const before = kernelsOf(network.model);
    const shapes = network.trainables.map(({ shape }) => shape.length);
    // The same step without decay, from the same start.
    const without = await withTrainer(plain, async (other, { model }) => {
      step(other, 0);
      return kernelsOf(model);
    });
    step(trainer, 0);
    for (const [index, values] of kernelsOf(network.model).entries()) {
      for (const [position, value] of values.entries()) {
        const shrunk =
          (shapes[index] as number) >= 2 ? 0.1 * 0.5 * ((before[index] as number[])[position] as number) : 0;
        expect(value).toBeCloseTo(((without[index] as number[])[position] as number) - shrunk, 5);
      }
    }
  });
});

test('averaged weights follow behind and are in the model only while they are evaluated', async () => {
  await withTrainer({ ...plain, emaDecay: 0.5 }, async (trainer, network) => {
    const start = kernelsOf(network.model).flat();
    step(trainer, 0);
    const live = kernelsOf(network.model).flat();
    const averaged = await trainer.withEvaluatedWeights(async () => kernelsOf(network.model).flat());
    // At step 0 the decay is (1 + 0) / (10 + 0).
    for (const [index, value] of averaged.entries())
      expect(value).toBeCloseTo(0.1 * (start[index] as number) + 0.9 * (live[index] as number), 5);
    expect(kernelsOf(network.model).flat()).toEqual(live);
    await expect(trainer.withEvaluatedWeights(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(kernelsOf(network.model).flat()).toEqual(live);
  });
});

test('a snapshot takes another trainer to the same place, bit for bit', async () => {
  const recipe: StepRecipe = TINY_RECIPE;
  await withTrainer(recipe, async (trainer) => {
    for (let count = 0; count < 3; count++) step(trainer, count);
    const snapshot = await trainer.snapshot();
    expect([...snapshot.keys()].toSorted()).toEqual([
      'average:parameters',
      'average:statistics',
      'parameters',
      'slot:first-moment',
      'slot:second-moment',
      'statistics',
    ]);
    const onwards = step(trainer, 3);
    await withTrainer(recipe, async (other) => {
      other.restore(snapshot);
      expect(step(other, 3)).toEqual(onwards);
      expect(await other.snapshot()).toEqual(await trainer.snapshot());
    });
  });
});

test('the weights that count can be loaded into a network', async () => {
  await withTrainer({ ...plain, emaDecay: 0.9 }, async (trainer, network) => {
    for (let count = 0; count < 3; count++) step(trainer, count);
    const expected = await trainer.withEvaluatedWeights(async () =>
      network.model.getWeights().map((w) => Array.from(w.dataSync())),
    );
    loadWeights(network, await trainer.evaluatedWeights());
    expect(network.model.getWeights().map((weights) => Array.from(weights.dataSync()))).toEqual(expected);
  });
});

test.each([
  ['everything on', TINY_RECIPE],
  ['everything off', plain],
] as [string, StepRecipe][])('a step leaves no tensors behind with %s', async (_, recipe) => {
  const before = tf.memory().numTensors;
  await withTrainer(recipe, async (trainer) => {
    step(trainer, 0);
    const afterOne = tf.memory().numTensors;
    for (let count = 1; count < 5; count++) step(trainer, count);
    await trainer.snapshot();
    await trainer.evaluatedWeights();
    expect(tf.memory().numTensors).toBe(afterOne);
  });
  expect(tf.memory().numTensors).toBe(before);
});
