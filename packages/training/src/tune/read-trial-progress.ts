import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCheckpoint } from '../fit/checkpoint.ts';
import { CheckpointStore, type RunProgress } from '../fit/checkpoint-store.ts';
import { readRunRecord } from '../fit/run-record.ts';
import { writeAtomically } from '../fit/write-atomically.ts';
import type { TrialFailure, TrialProgress } from './trial.ts';

const FAILURE = 'failure.json';

/** The folder of a trial: a folder of `fit`, below the search's. */
export const trialFolder = (searchFolder: string, number: number): string =>
  join(searchFolder, 'trials', String(number).padStart(3, '0'));

const readFailure = async (folder: string): Promise<TrialFailure | undefined> => {
  const file = join(folder, FAILURE);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  return isThere ? (JSON.parse(await readFile(file, 'utf8')) as TrialFailure) : undefined;
};

/** Notes that a trial cannot be trained on. @throws {WriteFailedError} when it cannot be written. */
export const writeFailure = async (folder: string, failure: TrialFailure): Promise<void> =>
  writeAtomically(join(folder, FAILURE), `${JSON.stringify(failure, null, 2)}\n`);

/**
 * Reads how far a trial has come from what `fit` left in its folder: its checkpoint is the one truth, so that nothing
 * can be lost between it and notes of our own.
 *
 * @throws {CorruptCheckpointError} when the checkpoint is damaged.
 */
export const readTrialProgress = async (folder: string): Promise<TrialProgress> => {
  const checkpoints = join(folder, 'checkpoints');
  const history = (await CheckpointStore.hasRun(checkpoints))
    ? (await readCheckpoint<RunProgress>(join(checkpoints, 'last.checkpoint'))).header.history
    : [];
  return {
    history,
    failure: await readFailure(folder),
    isFinished: (await readRunRecord(folder)) !== undefined,
  };
};
