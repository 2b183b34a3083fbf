import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tf from '@tensorflow/tfjs';
import { brightHalfCard, writeBrightHalfModel } from '../evaluate/trained-model.test-support.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { codeHash } from './code-hash.ts';
import type { FitOptions } from './fit-options.ts';
import { clearForStart, FinishedRunError, planRun, UnfinishedRunError, type PlanParams } from './plan-run.ts';
import { writeRunRecord } from './run-record.ts';
import { sourceModels } from './source-models.ts';
import { NO_STEPS } from './step-metrics.ts';
import { WriteFailedError } from './write-atomically.ts';

tf.enableProdMode();

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mien-plan-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const options: FitOptions = { data: 'faces', architecture: 'document', seed: 1, settings: { epochs: 3 } };

const plan = (change: Partial<PlanParams> = {}) =>
  planRun({ folder, options, mode: 'new', fingerprint: async () => 'as it was', ...change });

const finish = async (made: FitOptions = options): Promise<void> => {
  for (const file of ['model.json', 'weights.bin', 'card.json']) await writeFile(join(folder, file), '');
  const models = await sourceModels(made);
  await writeRunRecord(folder, { options: made, models, code: await codeHash(), data: 'as it was' });
};

const leaveUnfinished = async (): Promise<void> =>
  new CheckpointStore(join(folder, 'checkpoints'), { settings: {}, code: 'x' }).writeLast(
    { history: [], sums: NO_STEPS },
    new Map(),
  );

test('starts where nothing is, also when told to resume from nothing', async () => {
  expect(await plan()).toBe('start');
  expect(await plan({ mode: 'fresh' })).toBe('start');
  expect(await plan({ mode: 'resume' })).toBe('resume');
});

test.each(['new', 'resume'] as const)(
  'a finished model that is what is asked for is up to date (%s)',
  async (mode) => {
    await finish();
    expect(await plan({ mode })).toBe('up-to-date');
  },
);

test('--fresh trains again what is up to date', async () => {
  await finish();
  expect(await plan({ mode: 'fresh' })).toBe('start');
});

test('a folder that lost its weights is not up to date', async () => {
  await finish();
  await rm(join(folder, 'weights.bin'));
  expect(await plan()).toBe('start');
});

describe('a finished model of own data', () => {
  test.each<[string, Partial<PlanParams>, RegExp]>([
    ['with other options', { options: { ...options, settings: { epochs: 4 } } }, /settings\.epochs: 3 → 4/u],
    ['with one option more', { options: { ...options, votes: 'v.csv' } }, /votes: not set → "v\.csv"/u],
    ['of other images', { fingerprint: async () => 'changed' }, /the images/u],
  ])('%s is not replaced without a word', async (_, change, message) => {
    await finish();
    await expect(plan(change)).rejects.toThrow(FinishedRunError);
    await expect(plan(change)).rejects.toThrow(message);
    expect(await plan({ ...change, mode: 'fresh' })).toBe('start');
  });
});

describe('a model that was made from another', () => {
  const from = (name: string): FitOptions => ({
    ...options,
    init: join(folder, name),
    teachers: [join(folder, name)],
  });

  beforeEach(async () => {
    await writeBrightHalfModel(join(folder, 'first'));
    await finish(from('first'));
  });

  test('is up to date also where that one has moved', async () => {
    await rename(join(folder, 'first'), join(folder, 'second'));
    expect(await plan({ options: from('second') })).toBe('up-to-date');
  });

  test('is not, where that one has been replaced in its folder', async () => {
    await writeBrightHalfModel(join(folder, 'first'), { ...brightHalfCard(), labels: ['up', 'down'] });
    const planning = plan({ options: from('first') });
    await expect(planning).rejects.toThrow(FinishedRunError);
    await expect(planning).rejects.toThrow(/init: "\w{12}…" → "\w{12}…"; teachers: \["\w{12}…"\] → /u);
  });
});

test('a model of the built-in faces that is out of date is made again', async () => {
  const builtIn: FitOptions = { architecture: 'document', seed: 1, settings: {} };
  await finish(builtIn);
  expect(await plan({ options: { ...builtIn, seed: 2 } })).toBe('start');
  await expect(plan({ options: { ...builtIn, seed: 2 }, mode: 'resume' })).rejects.toThrow(FinishedRunError);
});

test('an unfinished run is gone on with or thrown away, but not overlooked', async () => {
  await leaveUnfinished();
  await expect(plan()).rejects.toThrow(UnfinishedRunError);
  await expect(plan()).rejects.toThrow(/--resume.*--fresh.*--out/u);
  expect(await plan({ mode: 'resume' })).toBe('resume');
  expect(await plan({ mode: 'fresh' })).toBe('start');
});

test('clearing leaves an earlier model readable, and nothing to go on from', async () => {
  await finish();
  await leaveUnfinished();
  await mkdir(join(folder, 'tensorboard'));
  await clearForStart(folder);
  expect(await CheckpointStore.hasRun(join(folder, 'checkpoints'))).toBe(false);
  await writeFile(join(folder, 'card.json'), '', { flag: 'r+' });
  expect(await plan()).toBe('start');
});

test('a folder whose path leads through a file is refused in words', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(clearForStart(join(folder, 'file', 'model'))).rejects.toThrow(WriteFailedError);
});

describe('codeHash', () => {
  test('changes with the code, and not with tests', async () => {
    await writeFile(join(folder, 'a.ts'), 'one');
    const hash = await codeHash([folder]);
    await writeFile(join(folder, 'a.test.ts'), 'a test');
    expect(await codeHash([folder])).toBe(hash);
    await writeFile(join(folder, 'a.ts'), 'two');
    expect(await codeHash([folder])).not.toBe(hash);
  });
});
