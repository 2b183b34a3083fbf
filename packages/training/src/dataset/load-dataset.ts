import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { InputGeometry } from '@mien/pixels';
import { assembleDataset } from './assemble-dataset.ts';
import { cachedLeaks } from './cached-leaks.ts';
import { readDatasetCache, writeDatasetCache } from './dataset-cache.ts';
import { DatasetOptionError } from './dataset-errors.ts';
import type { ImageDataset } from './image-dataset.ts';
import { leaveOut } from './leave-out.ts';
import { leaveOutLeaks } from './leave-out-leaks.ts';
import { openSource, type DatasetSource, type LoadProgress } from './open-source.ts';
import type { Protocol } from './protocol.ts';

/** Which dataset to load, and in which form. */
export interface LoadDatasetParams {
  /** A folder of images or Kaggle's `fer2013.csv`; undefined for the built-in synthetic faces. */
  readonly data: string | undefined;
  /** FER+'s `fer2013new.csv`, joined by file name to a folder and by row number to `fer2013.csv`. */
  readonly votes?: string | undefined;
  /** Keeps the dataset's own labels beside the votes, as a second set of targets. */
  readonly keepOwnLabels?: boolean | undefined;
  /** A text file that names training images to leave out, one a line. */
  readonly exclude?: string | undefined;
  /** Leaves out training images that show the same picture as a validation or test image; false keeps them. */
  readonly leaveOutDuplicates?: boolean | undefined;
  readonly geometry: InputGeometry;
  /** Which voted images count when scoring; training uses the soft targets of all kept images under either. */
  readonly protocol?: Protocol | undefined;
  /** Share of each class that is set aside where the dataset has no validation split of its own. */
  readonly validationFraction?: number | undefined;
  /** Decides which samples are set aside, and nothing else. */
  readonly seed: number;
  /** Folder for decoded datasets, made where it is missing. */
  readonly cacheDir: string;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/** Changes whenever the same files would be decoded, labelled or divided otherwise. */
const CACHE_VERSION = 2;

const assertOptions = (params: LoadDatasetParams): void => {
  const { data, votes, protocol, keepOwnLabels, validationFraction = 0.2 } = params;
  if (data === undefined && votes !== undefined)
    throw new DatasetOptionError(
      `Votes (${votes}) need the images they belong to: give the dataset as well.`,
    );
  if (protocol !== undefined && votes === undefined)
    throw new DatasetOptionError(
      `The ${protocol} protocol scores by votes: give fer2013new.csv as votes as well, or leave it out.`,
    );
  if (keepOwnLabels === true && votes === undefined)
    throw new DatasetOptionError(
      "The dataset's own labels are what is learnt without votes: leave --own-labels out, or give --votes as well.",
    );
  if (!(validationFraction > 0 && validationFraction < 1))
    throw new DatasetOptionError(
      `The validation fraction is ${validationFraction}; it must lie between 0 and 1, e.g. 0.2.`,
    );
};

const cacheFile = (params: LoadDatasetParams, source: DatasetSource): string => {
  const { geometry, seed, validationFraction = 0.2, cacheDir } = params;
  const { kind, name, protocol, identity } = source;
  const { widthPx, heightPx, channels } = geometry;
  const key = { version: CACHE_VERSION, kind, name, protocol, widthPx, heightPx, channels };
  const hash = createHash('sha256').update(JSON.stringify({ ...key, seed, validationFraction }));
  for (const line of identity) hash.update(line).update('\n');
  return join(
    cacheDir,
    `${kind}-${widthPx}x${heightPx}x${channels}-${hash.digest('hex').slice(0, 20)}.dataset`,
  );
};

/**
 * Loads a dataset, decoded to the size that a model takes. The first time it is decoded on all cores and kept in
 * `cacheDir`; as long as files and options stay the same, later calls read that.
 *
 * Folders are `split/class/image` or `class/image`; classes stand in alphabetical order, as in Keras. `fer2013.csv`
 * has FER2013's labels in its order. With votes the labels are FER+'s eight.
 *
 * @throws {MienError} of the classes in `dataset-errors.ts`, each saying what is wrong, where, and what to do.
 * @example
 * const faces = await loadDataset({ data: undefined, geometry: { widthPx: 48, heightPx: 48, channels: 1 }, seed: 1, cacheDir: '.cache' });
 */
export const loadDataset = async (params: LoadDatasetParams): Promise<ImageDataset> => {
  assertOptions(params);
  const { data, votes, protocol = 'majority', onProgress = () => undefined } = params;
  const source = await openSource({ data, votes, protocol, keepOwnLabels: params.keepOwnLabels });
  const file = cacheFile(params, source);
  const whole = await decodedDataset(params, source, file);
  const { exclude } = params;
  const dataset = exclude === undefined ? whole : await leaveOut(whole, exclude, source.path);
  // Nobody among the built-in faces is in two splits.
  if (params.leaveOutDuplicates !== true || data === undefined) return dataset;
  const leaks = await cachedLeaks({ file: `${file}.duplicates.json`, dataset, onProgress });
  return leaveOutLeaks(dataset, leaks, source.path);
};

const decodedDataset = async (
  { geometry, validationFraction = 0.2, seed, onProgress }: LoadDatasetParams,
  source: DatasetSource,
  file: string,
): Promise<ImageDataset> => {
  const cached = await readDatasetCache(file);
  if (cached !== undefined) return cached;
  const dataset = await assembleDataset({
    source,
    geometry,
    split: { validationFraction, seed },
    onProgress: onProgress ?? (() => undefined),
  });
  await writeDatasetCache(file, dataset);
  return dataset;
};
