import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeAtomically } from '../fit/write-atomically.ts';
import { findLeaks, type Leak } from '../duplicates/find-leaks.ts';
import type { ImageDataset } from './image-dataset.ts';
import type { LoadProgress } from './open-source.ts';

/** Changes whenever other images would be found in the same dataset. */
const SEARCH_VERSION = 1;

interface KeptLeaks {
  readonly version: number;
  /** Of the dataset that was searched. */
  readonly fingerprint: string;
  readonly leaks: readonly Leak[];
  /** SHA-256 of the leaks as JSON. */
  readonly digest: string;
}

const digestOf = (leaks: readonly Leak[]): string =>
  createHash('sha256').update(JSON.stringify(leaks)).digest('hex');

const readKept = async (file: string, fingerprint: string): Promise<readonly Leak[] | undefined> => {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as KeptLeaks;
    const isThis = kept.version === SEARCH_VERSION && kept.fingerprint === fingerprint;
    return isThis && kept.digest === digestOf(kept.leaks) ? kept.leaks : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Finds the training images that show the same picture as a validation or test image, or reads them from a file where
 * they were found before.
 *
 * @param params.file kept beside the decoded dataset; written where it is missing or belongs to other data.
 * @throws {WriteFailedError} when it cannot be written.
 */
export const cachedLeaks = async (params: {
  readonly file: string;
  readonly dataset: ImageDataset;
  readonly onProgress: (progress: LoadProgress) => void;
}): Promise<readonly Leak[]> => {
  const { file, dataset, onProgress } = params;
  const { fingerprint } = dataset;
  const kept = await readKept(file, fingerprint);
  if (kept !== undefined) return kept;
  const what = 'looking for training images among those that are scored on';
  const leaks = findLeaks({ dataset, onProgress: ({ done, total }) => onProgress({ done, total, what }) });
  const found: KeptLeaks = { version: SEARCH_VERSION, fingerprint, leaks, digest: digestOf(leaks) };
  await writeAtomically(file, `${JSON.stringify(found)}\n`);
  return leaks;
};
