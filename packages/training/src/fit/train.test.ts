import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tf from '@tensorflow/tfjs';
import type { ImageSplit } from '../dataset/image-dataset.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { DivergedError } from './diverged-error.ts';
import type { EpochRecord } from './history.ts';
import { InterruptedError } from './interrupted-error.ts';
import { openNetwork } from './network.ts';
import type { Recipe } from './recipe.ts';
import { ChangedSettingsError } from './settings-changes.ts';
import { train, type TrainResult } from './train.ts';
import type { TrainingObserver } from './training-observer.ts';
import { areFinite, type Vectors } from './vectors.ts';
import { TINY_GEOMETRY, TINY_RECIPE, tinyModel, tinySplit } from './train.test-support.ts';

const SEED = 5;
let folder = '';

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mien-train-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Options {
  readonly recipe?: Partial<Recipe>;
  readonly observer?: TrainingObserver;
  readonly signal?: AbortSignal;
  readonly name?: string;
  readonly trainSplit?: ImageSplit;
}

const weightsOf = (model: tf.LayersModel): number[][] =>
  model.getWeights().map((weights) => Array.from(weights.dataSync()));

const run = async (options: Options = {}): Promise<TrainResult & { weights: number[][] }> => {
  const { signal, observer, trainSplit } = options;
  const recipe = { ...TINY_RECIPE, ...options.recipe };
  const network = openNetwork(tinyModel(SEED), SEED);
  try {
    const result = await train({
      network,
      train: trainSplit ?? tinySplit(20, 1),
      validation: tinySplit(12, 2),
      geometry: TINY_GEOMETRY,
      recipe,
      seed: SEED,
      workers: 0,
      checkpoints: new CheckpointStore(join(folder, options.name ?? 'run'), {
        settings: { recipe },
        code: 'x',
      }),
      ...(signal === undefined ? {} : { signal }),
      ...(observer === undefined ? {} : { observer }),
    });
    return { ...result, weights: weightsOf(network.model) };
  } finally {
    network.dispose();
  }
};

/** Stops a run after a number of its steps, as Ctrl-C does. */
const stopAfter = (steps: number): Pick<Options, 'signal' | 'observer'> => {
  const controller = new AbortController();
  let done = 0;
  const onStep = (): void => {
    if (++done === steps) controller.abort();
  };
  return { signal: controller.signal, observer: { onStep } };
};

const withoutTimes = (history: readonly EpochRecord[]): unknown[] =>
  history.map(({ seconds: _seconds, imagesPerSecond: _imagesPerSecond, ...figures }) => figures);

test('learns a tiny set by heart', async () => {
  const recipe = { epochs: 10, augment: { ...TINY_RECIPE.augment, mixupAlpha: 0 }, labelSmoothing: 0 };
  const { history, best, stopped } = await run({ recipe });
  expect(stopped).toBe('epochs');
  expect(history).toHaveLength(10);
  expect(best.validationAccuracy).toBe(1);
  expect(best.validationMacroF1).toBe(1);
  expect(history.at(-1)?.trainLoss).toBeLessThan((history[0]?.trainLoss ?? 0) * 0.75);
});

describe('a run that was stopped and resumed', () => {
  // 6 steps per epoch: in the first epoch, at an epoch's end, between, and in the last.
  test.each([1, 6, 9, 17])('after step %i ends with the same weights, bit for bit', async (steps) => {
    const whole = await run({ name: 'whole' });
    await expect(run(stopAfter(steps))).rejects.toThrow(InterruptedError);
    const resumed = await run();
    expect(resumed.weights).toEqual(whole.weights);
    expect(withoutTimes(resumed.history)).toEqual(withoutTimes(whole.history));
  });

  test('says where it stopped', async () => {
    await expect(run(stopAfter(9))).rejects.toMatchObject({ epoch: 2, step: 3, stepsPerEpoch: 6 });
  });

  test('is refused with other settings, which are named', async () => {
    await expect(run(stopAfter(7))).rejects.toThrow(InterruptedError);
    const changed = run({ recipe: { learningRate: 0.5, epochs: 4 } });
    await expect(changed).rejects.toThrow(ChangedSettingsError);
    await expect(changed).rejects.toThrow(/recipe\.epochs: 3 → 4; recipe\.learningRate: 0\.02 → 0\.5/u);
  });
});

test('a finished run that is resumed takes no step and gives the same model', async () => {
  const whole = await run();
  const onStep = (): never => {
    throw new Error('took a step');
  };
  const again = await run({ observer: { onStep } });
  expect(again.weights).toEqual(whole.weights);
});

test('the seed decides everything: two runs are the same', async () => {
  const [first, second] = [await run({ name: 'a' }), await run({ name: 'b' })];
  expect(second.weights).toEqual(first.weights);
});

test('keeps the best epoch and stops when patience runs out', async () => {
  // A learning rate at which the tiny network gets worse again.
  const records: [EpochRecord, boolean][] = [];
  const onEpoch = (record: EpochRecord, isBest: boolean): void => {
    records.push([record, isBest]);
  };
  const recipe = { epochs: 40, patience: 2, schedule: 'constant', learningRate: 0.05 } as const;
  const { best, history, stopped, weights } = await run({ recipe, observer: { onEpoch } });
  expect(stopped).toBe('patience');
  expect(history).toHaveLength(best.epoch + 2);
  expect(records.findLast(([, isBest]) => isBest)?.[0]).toEqual(best);
  const upToBest = await run({ recipe: { ...recipe, epochs: best.epoch, patience: 0 }, name: 'up to best' });
  expect(weights).toEqual(upToBest.weights);
});

test('stops as soon as the accuracy is high enough', async () => {
  const { history, stopped } = await run({ recipe: { epochs: 40, stopAtAccuracy: 0.75 } });
  expect(stopped).toBe('accuracy');
  expect(history.at(-1)?.validationAccuracy).toBeGreaterThanOrEqual(0.75);
  expect(history.slice(0, -1).every(({ validationAccuracy }) => validationAccuracy < 0.75)).toBe(true);
});

describe('a run whose loss is no number any more', () => {
  const broken = {
    optimizer: 'sgd',
    schedule: 'constant',
    warmupEpochs: 0,
    emaDecay: 0,
    learningRate: 1e30,
  } as const;

  test('stops, saying where, at what rate and what to try', async () => {
    const failing = run({ recipe: broken });
    await expect(failing).rejects.toThrow(DivergedError);
    await expect(failing).rejects.toThrow(/epoch 1, step \d.*learning rate of 1e\+30.*--lr \(try 1e\+29\)/u);
  });

  test('writes no checkpoint of it, also when it is stopped before a loss tells', async () => {
    // Beyond float32: the first step makes every weight infinite, its loss is still that of the weights before.
    const failing = run({ recipe: { ...broken, learningRate: 1e45 }, ...stopAfter(1) });
    await expect(failing).rejects.toThrow(DivergedError);
    await expect(failing).rejects.toMatchObject({ divergence: { epoch: 1, step: 1, lastGoodEpoch: 0 } });
    expect(await CheckpointStore.hasRun(join(folder, 'run'))).toBe(false);
  });

  test('keeps the checkpoint of the last good epoch', async () => {
    // One picture whose target is no distribution spoils the epoch in which it comes up.
    const whole = tinySplit(20, 1);
    const targets = whole.targets.map((value, index) => (index === 39 ? Infinity : value));
    const recipe = { ...TINY_RECIPE, batchSize: 1, stepsPerEpoch: 1, epochs: 20 };
    const error = (await run({ recipe, trainSplit: { ...whole, targets } }).catch(
      (reason: unknown) => reason,
    )) as DivergedError;
    expect(error).toBeInstanceOf(DivergedError);
    expect(error.divergence.lastGoodEpoch).toBeGreaterThan(0);
    expect(error.divergence.epoch).toBe(error.divergence.lastGoodEpoch + 1);
    const last = await new CheckpointStore(join(folder, 'run'), {
      settings: { recipe },
      code: 'x',
    }).readLast();
    expect(last?.header.history).toHaveLength(error.divergence.lastGoodEpoch);
    expect(areFinite(last?.vectors as Vectors)).toBe(true);
  });
});

test('tensors do not pile up from step to step', async () => {
  const counts: number[] = [];
  const onStep = (): void => {
    counts.push(tf.memory().numTensors);
  };
  const before = tf.memory().numTensors;
  await run({ recipe: { epochs: 2, stepsPerEpoch: 20 }, observer: { onStep } });
  expect(tf.memory().numTensors).toBe(before);
  // The loss is read every tenth step: up to nine are pending in between.
  expect(counts[29]).toBe(counts[9]);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(10);
});
