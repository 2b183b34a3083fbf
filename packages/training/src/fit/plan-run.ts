import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MienError } from '@mien/contract';
import { CheckpointStore } from './checkpoint-store.ts';
import type { FitOptions } from './fit-options.ts';
import { changesSince, readRunRecord, removeRunRecord, type RunRecord } from './run-record.ts';
import { WriteFailedError } from './write-atomically.ts';

/** How to treat what an earlier run left behind. `new` refuses to destroy anything of worth. */
export type RunMode = 'new' | 'resume' | 'fresh';

/** An unfinished run lies where a new one is to start. */
export class UnfinishedRunError extends MienError {
  override readonly name = 'UnfinishedRunError';
  constructor(readonly folder: string) {
    super(
      `${folder} holds an unfinished run. Go on with it by --resume, throw it away by --fresh, ` +
        'or train elsewhere with --out.',
    );
  }
}

/** A finished model, made otherwise, lies where a new one is to be made. */
export class FinishedRunError extends MienError {
  override readonly name = 'FinishedRunError';
  constructor(
    readonly folder: string,
    readonly changes: readonly string[],
  ) {
    super(
      `${folder} holds a finished model that was made otherwise (changed: ${changes.join('; ')}). ` +
        'Replace it by --fresh, or train elsewhere with --out.',
    );
  }
}

/** What is to be done in a folder. */
export type FolderPlan = 'up-to-date' | 'start' | 'resume';

/** Asks what {@link planRun} needs to know. */
export interface PlanParams {
  readonly folder: string;
  readonly options: FitOptions;
  readonly mode: RunMode;
  /** Gives the fingerprint of the data as it is now. */
  readonly fingerprint: (record: RunRecord) => Promise<string>;
}

/**
 * Decides what a run does with its folder; changes nothing. Needs no TensorFlow.js, so that a model that is up to date
 * is recognised at once.
 *
 * A model of the built-in faces is replaced without asking when it is out of date, since it takes minutes to make.
 *
 * @throws {UnfinishedRunError} when an unfinished run is there and `mode` does not say what to do with it.
 * @throws {FinishedRunError} when a finished model of the user's own data is there that was made otherwise.
 */
export const planRun = async ({ folder, options, mode, fingerprint }: PlanParams): Promise<FolderPlan> => {
  if (mode === 'fresh') return 'start';
  const record = await readRunRecord(folder);
  if (record !== undefined) {
    const changes = await changesSince(record, options, () => fingerprint(record));
    if (changes.length === 0) return 'up-to-date';
    if (record.options.data === undefined && mode === 'new') return 'start';
    throw new FinishedRunError(folder, changes);
  }
  if (mode === 'resume') return 'resume';
  if (await CheckpointStore.hasRun(join(folder, 'checkpoints'))) throw new UnfinishedRunError(folder);
  return 'start';
};

/**
 * Clears what would mix with a new run. An earlier finished model stays readable until it is replaced.
 *
 * @throws {WriteFailedError} when the folder cannot be changed, e.g. because its path leads through a file.
 */
export const clearForStart = async (folder: string): Promise<void> => {
  try {
    await removeRunRecord(folder);
    await rm(join(folder, 'checkpoints'), { recursive: true, force: true });
    await rm(join(folder, 'tensorboard'), { recursive: true, force: true });
  } catch (cause) {
    throw new WriteFailedError(folder, { cause });
  }
};
