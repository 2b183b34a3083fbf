import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeHash } from './code-hash.ts';
import type { FitOptions } from './fit-options.ts';
import { settingsChanges } from './settings-changes.ts';
import { sourceModels, type SourceModels } from './source-models.ts';
import { writeAtomically } from './write-atomically.ts';

/** What a finished model was made of: `run.json` in its folder. Written last, so that it stands for a whole folder. */
export interface RunRecord {
  readonly options: FitOptions;
  /** The models that the options name, which may change where they lie. */
  readonly models: SourceModels;
  /** See {@link codeHash}; of all code that had a part in it, where the run went on under other code. */
  readonly code: string;
  /** The dataset's fingerprint. */
  readonly data: string;
}

const FILE = 'run.json';
const NEEDED = ['model.json', 'weights.bin', 'card.json'];

/** Reads the record of a folder's finished run; undefined where there is none, or where files of the model are gone. */
export const readRunRecord = async (folder: string): Promise<RunRecord | undefined> => {
  try {
    await Promise.all(NEEDED.map((file) => access(join(folder, file))));
    return JSON.parse(await readFile(join(folder, FILE), 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
};

/** Marks a folder's run as finished. */
export const writeRunRecord = async (folder: string, record: RunRecord): Promise<void> =>
  writeAtomically(join(folder, FILE), `${JSON.stringify(record, null, 2)}\n`);

/** Marks a folder's run as not finished. */
export const removeRunRecord = async (folder: string): Promise<void> =>
  rm(join(folder, FILE), { force: true });

/**
 * Compares a finished run with one that is asked for.
 *
 * @param fingerprint gives the fingerprint of the data as it is now; called only when all else is equal.
 * @returns what has changed, in words; empty where the finished model is the one that is asked for.
 * @throws what `sourceModels` throws.
 */
export const changesSince = async (
  record: RunRecord,
  options: FitOptions,
  fingerprint: () => Promise<string>,
): Promise<string[]> => {
  const before = { ...record.options, ...record.models };
  const changes = settingsChanges(before, { ...options, ...(await sourceModels(options)) });
  if (record.code !== (await codeHash())) changes.push('the training code');
  if (changes.length > 0) return changes;
  return record.data === (await fingerprint()) ? [] : ['the images'];
};
