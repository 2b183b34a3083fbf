import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MienError } from '@mien/contract';
import type { FitOptions } from '../fit/fit-options.ts';
import { settingsChanges } from '../fit/settings-changes.ts';
import { writeAtomically } from '../fit/write-atomically.ts';

/** What decides a search's trials. How many there are, and how they are ranked, may change from call to call. */
export interface SearchDefinition {
  /** With fingerprints in place of the folders of models, see `sourceModels`. */
  readonly options: FitOptions;
  /** Domains by axis, as text. */
  readonly space: Readonly<Record<string, string>>;
  readonly hasBaseline: boolean;
}

/** What is known of the data once the first trial has started. */
export interface SearchData {
  readonly name: string;
  /** Images that an accuracy is a share of. */
  readonly validationImages: number;
}

/** `search.json`. */
export interface SearchRecord {
  readonly definition: SearchDefinition;
  readonly data?: SearchData;
}

/** Another search lies in the folder. */
export class ChangedSearchError extends MienError {
  override readonly name = 'ChangedSearchError';
  constructor(
    readonly folder: string,
    readonly changes: readonly string[],
  ) {
    super(
      `${folder} holds a search with other settings (${changes.join('; ')}). Give the settings that it was started ` +
        'with, search elsewhere with --out, or throw it away by --fresh.',
    );
  }
}

/** A search's record that cannot be read. */
export class CorruptSearchError extends MienError {
  override readonly name = 'CorruptSearchError';
  constructor(
    readonly file: string,
    options: { readonly cause: unknown },
  ) {
    super(`Cannot go on with the search, as ${file} is damaged. Start anew with --fresh.`, options);
  }
}

const fileIn = (folder: string): string => join(folder, 'search.json');

const isThere = async (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Writes the record of a folder's search. @throws {WriteFailedError} when it cannot be written. */
export const writeSearchRecord = async (folder: string, record: SearchRecord): Promise<void> =>
  writeAtomically(fileIn(folder), `${JSON.stringify(record, null, 2)}\n`);

/**
 * Opens the record of a folder's search, or begins one, which is not written yet: a search that fails before its first
 * trial leaves nothing behind.
 *
 * @throws {ChangedSearchError} when the folder holds a search with other trials.
 * @throws {CorruptSearchError} when the record cannot be read.
 */
export const openSearchRecord = async (
  folder: string,
  definition: SearchDefinition,
): Promise<SearchRecord> => {
  const file = fileIn(folder);
  if (!(await isThere(file))) return { definition };
  let record: SearchRecord;
  let changes: string[];
  try {
    record = JSON.parse(await readFile(file, 'utf8')) as SearchRecord;
    changes = settingsChanges(record.definition, definition);
  } catch (cause) {
    throw new CorruptSearchError(file, { cause });
  }
  if (changes.length > 0) throw new ChangedSearchError(folder, changes);
  return record;
};
