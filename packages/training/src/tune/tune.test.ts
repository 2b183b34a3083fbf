import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyFolder, writeImageFolder } from '../dataset/image-folder.test-support.ts';
import { recipeOf } from '../fit/recipe-of.ts';
import { sampleTrials } from './sample-trials.ts';
import { buildSpace } from './space.ts';
import { tune, type TuneParams } from './tune.ts';

/** More images in a batch than any memory holds. */
const HUGE = 1e9;
const SPACE = { whole: { batchSize: `2,${HUGE}` }, changes: {} };

const optionsWith = (data: string, seed: number): TuneParams['options'] => ({
  data,
  architecture: 'document',
  seed,
  settings: { stepsPerEpoch: 1, augment: { rotationRangeDeg: 0 } },
});

/** A seed by which the trial of this batch size comes first. */
const seedFor = (data: string, batchSize: number): number => {
  const recipe = recipeOf(optionsWith(data, 1));
  const space = buildSpace(recipe, {}, SPACE);
  const isFirst = (seed: number): boolean =>
    sampleTrials({ space, recipe, seed, count: 1, hasBaseline: false })[0]?.['batchSize'] === batchSize;
  return Array.from({ length: 50 }, (_, seed) => seed).find((seed) => isFirst(seed)) as number;
};

const search = async (first: number): Promise<{ out: string; result: ReturnType<typeof tune> }> => {
  const data = await writeImageFolder({ classes: ['a', 'b'], splits: { train: 3, val: 2 } });
  const out = join(await emptyFolder(), 'search');
  const result = tune({
    options: optionsWith(data, seedFor(data, first)),
    out,
    space: SPACE,
    method: 'random',
    trials: 5,
    epochs: 1,
    factor: 3,
    metric: 'loss',
    hasBaseline: false,
    isFresh: false,
    backend: 'wasm',
    workers: 0,
    cacheDir: await emptyFolder(),
  });
  return { out, result };
};

test('a trial that the machine has no memory for is noted, and the space’s other trial wins', async () => {
  const { result } = await search(2);
  const { rows, isComplete, trials } = await result;
  expect(isComplete).toBe(true);
  expect(trials).toHaveLength(2);
  expect(rows.map(({ trial, status, rank }) => [trial, status, rank])).toEqual([
    [1, 'finished', 1],
    [2, 'failed', undefined],
  ]);
  expect(rows[1]?.failure).toMatch(/\S/u);
});

test('where nothing has been trained yet the error is told, as it may well be nothing about the trial', async () => {
  const { out, result } = await search(HUGE);
  await expect(result).rejects.toThrow(/array length/u);
  expect(await readdir(join(out, 'trials', '001'))).not.toContain('failure.json');
});
