import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyFolder, writeImageFolder } from '../dataset/image-folder.test-support.ts';
import { ChangedCodeError } from './changed-code-error.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { fit, type FitParams } from './fit.ts';
import { InterruptedError } from './interrupted-error.ts';
import { FinishedRunError, UnfinishedRunError } from './plan-run.ts';
import { writeRunRecord } from './run-record.ts';
import { NO_STEPS } from './step-metrics.ts';

/** A call that trains for a single step, should it come to that. */
const paramsFor = async (): Promise<FitParams & { out: string }> => ({
  options: {
    data: await writeImageFolder({ classes: ['a', 'b'], splits: { train: 2, val: 1 } }),
    architecture: 'document',
    seed: 1,
    settings: { epochs: 1, stepsPerEpoch: 1, batchSize: 1 },
  },
  out: join(await emptyFolder(), 'model'),
  cacheDir: await emptyFolder(),
  backend: 'cpu',
  workers: 0,
});

describe('called without a word on an earlier run', () => {
  test('it leaves an unfinished one alone', async () => {
    const params = await paramsFor();
    const folder = join(params.out, 'checkpoints');
    await new CheckpointStore(folder, { settings: {}, code: 'x' }).writeLast(
      { history: [], sums: NO_STEPS },
      new Map(),
    );
    await expect(fit(params)).rejects.toThrow(UnfinishedRunError);
    expect(await CheckpointStore.hasRun(folder)).toBe(true);
  });

  test('it leaves a finished model of own data alone', async () => {
    const params = await paramsFor();
    await mkdir(params.out);
    for (const file of ['model.json', 'weights.bin', 'card.json'])
      await writeFile(join(params.out, file), 'whole');
    await writeRunRecord(params.out, {
      options: { ...params.options, seed: 2 },
      models: {},
      code: '',
      data: '',
    });
    await expect(fit(params)).rejects.toThrow(FinishedRunError);
    expect(await readFile(join(params.out, 'run.json'), 'utf8')).toContain('"seed": 2');
  });
});

test('a run that other code has begun is gone on with only where that is accepted', async () => {
  const params = await paramsFor();
  /** Runs up to where the first step would be taken. */
  const start = (changes: Partial<FitParams>): Promise<unknown> => {
    const stop = new AbortController();
    return fit({ ...params, ...changes, signal: stop.signal, observer: { onStart: () => stop.abort() } });
  };
  await expect(start({})).rejects.toThrow(InterruptedError);
  const file = join(params.out, 'checkpoints', 'last.checkpoint');
  const { header, vectors } = await readCheckpoint<object>(file);
  await writeCheckpoint(file, { header: { ...header, codes: ['other'] }, vectors });
  await expect(start({ mode: 'resume' })).rejects.toThrow(ChangedCodeError);
  await expect(start({ mode: 'resume', acceptsNewCode: true })).rejects.toThrow(InterruptedError);
  await expect(start({ mode: 'resume' })).rejects.toThrow(InterruptedError);
});
