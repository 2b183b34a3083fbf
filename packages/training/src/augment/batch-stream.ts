import { availableParallelism } from 'node:os';
import { types } from 'node:util';
import type { ImageSplit } from '../dataset/image-dataset.ts';
import { type ImageGeometry } from './augment-image.ts';
import type { AugmentRecipe } from './augment-recipe.ts';
import { createBatchMaker, type BatchPlan } from './batch-maker.ts';
import type { Batch, BatchStream } from './batch.ts';
import { OrderedWorkers, StreamClosedError } from './ordered-workers.ts';
import { checkSetting, isCount, isPositiveCount, validateAugmentRecipe } from './validate-recipe.ts';

/** What a stream of batches is made from. */
export interface BatchStreamOptions extends ImageGeometry {
  readonly split: ImageSplit;
  readonly classes: number;
  readonly recipe: AugmentRecipe;
  readonly batchSize: number;
  readonly seed: number;
  /** Training steps that are done already: the stream goes on with this one. 0 when absent. */
  readonly firstStep?: number;
  /** Worker threads; 0 prepares each batch when it is asked for, on the caller's thread. */
  readonly workers?: number;
}

/** Batches that each worker keeps ready: enough to ride out a slow moment, small against the dataset. */
const BATCHES_AHEAD_PER_WORKER = 4;

/** One worker makes thousands of images a second; the other cores belong to the training step. */
const MOST_WORKERS_BY_DEFAULT = 4;

const defaultWorkers = (): number =>
  Math.min(MOST_WORKERS_BY_DEFAULT, Math.max(1, availableParallelism() - 1));

/** The same bytes in shared memory: as they are where they lie there already. */
const toShared = (bytes: Uint8Array): Uint8Array => {
  if (types.isSharedArrayBuffer(bytes.buffer)) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
};

const check = (options: BatchStreamOptions): void => {
  const { split, widthPx, heightPx, channels, classes } = options;
  const positive = { widthPx, heightPx, channels, classes, batchSize: options.batchSize };
  for (const [field, value] of Object.entries(positive))
    checkSetting(isPositiveCount(value), field, value, 'a whole number, 1 or more');
  const { firstStep = 0, workers = 0, seed } = options;
  for (const [field, value] of Object.entries({ seed, firstStep, workers }))
    checkSetting(isCount(value), field, value, 'a whole number, 0 or more');
  checkSetting(isPositiveCount(split.count), 'split.count', split.count, '1 or more: no images to train on');
  const bytes = split.count * heightPx * widthPx * channels;
  checkSetting(split.pixels.length === bytes, 'split.pixels.length', split.pixels.length, String(bytes));
  const numbers = split.count * classes;
  checkSetting(
    split.targets.length === numbers,
    'split.targets.length',
    split.targets.length,
    String(numbers),
  );
};

const streamInline = (makeBatch: (step: number) => Batch, firstStep: number): BatchStream => {
  let step = firstStep;
  let closed = false;
  return {
    async next() {
      if (closed) throw new StreamClosedError();
      return makeBatch(step++);
    },
    async close() {
      closed = true;
    },
  };
};

/** The worker's module, as source or as built. */
const workerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './batch-worker.ts' : './batch-worker.js', import.meta.url);

/**
 * Streams augmented batches, step after step without end. The samples come in seeded permutations, one after the
 * other; step k takes the places from `k * batchSize` on, also across the end of a permutation. The batches are the
 * same bit for bit whatever `workers` is, and a stream with `firstStep` goes on exactly where another stopped.
 *
 * @throws {InvalidAugmentSettingError} naming the setting that is out of range or does not fit the split.
 * @example
 * const stream = createBatchStream({
 *   split: dataset.train, widthPx: 48, heightPx: 48, channels: 1, classes: 8,
 *   recipe: RESIDUAL_RECIPE, batchSize: 64, seed: 1,
 * });
 * const { pixels, targets } = await stream.next();
 * await stream.close();
 */
export const createBatchStream = (options: BatchStreamOptions): BatchStream => {
  check(options);
  validateAugmentRecipe(options.recipe, options);
  const { split, firstStep = 0, workers = defaultWorkers() } = options;
  const { widthPx, heightPx, channels, classes, recipe, batchSize, seed } = options;
  const settings = { widthPx, heightPx, channels, classes, recipe, batchSize, seed, count: split.count };
  if (workers === 0) {
    const plan: BatchPlan = { ...settings, pixels: split.pixels, targets: split.targets };
    return streamInline(createBatchMaker(plan), firstStep);
  }
  // A view is posted with all the memory under it: the targets get memory of their own.
  const workerData: BatchPlan = {
    ...settings,
    pixels: toShared(split.pixels),
    targets: split.targets.slice(),
  };
  const ahead = workers * BATCHES_AHEAD_PER_WORKER;
  return new OrderedWorkers<Batch>({ url: workerUrl(), workerData, workers, firstTask: firstStep, ahead });
};
