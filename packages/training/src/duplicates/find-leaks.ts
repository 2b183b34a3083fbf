import type { ImageDataset } from '../dataset/image-dataset.ts';
import { SPLITS, type Split } from '../dataset/sample.ts';
import { compareImages } from './compared-images.ts';
import { DuplicateFinder, type Match } from './duplicate-finder.ts';

/** An image of one split that shows the same picture as one of a later split. */
export interface Leak extends Pick<Match, 'likeness' | 'correlation'> {
  /** Number of the image in the split that was searched. */
  readonly index: number;
  readonly otherSplit: Split;
  /** Number of the other image in its split. */
  readonly otherIndex: number;
}

/** What can be searched for leaks. */
export type LeakSearchable = Pick<
  ImageDataset,
  'widthPx' | 'heightPx' | 'channels' | 'train' | 'validation' | 'test'
>;

/** Images between two words on progress. */
const IMAGES_PER_WORD = 200;

/**
 * Finds the images of a split that show the same picture as one of a later split (train, validation, test), once each:
 * the first match in the order of the splits stands for others.
 *
 * @param params.split by default `train`, against validation and test.
 * @returns in the order of the images.
 */
export const findLeaks = (params: {
  readonly dataset: LeakSearchable;
  readonly split?: Split;
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}): Leak[] => {
  const { dataset, split = 'train', onProgress } = params;
  const names = SPLITS.slice(SPLITS.indexOf(split)).filter((name) => (dataset[name]?.count ?? 0) > 0);
  const total = dataset[split]?.count ?? 0;
  if (total === 0 || names.length === 1) return [];
  const images = compareImages({
    pixels: names.map((name) => (dataset[name] as NonNullable<typeof dataset.test>).pixels),
    geometry: dataset,
  });
  const finder = new DuplicateFinder(images);
  const leaks: Leak[] = [];
  for (let index = 0; index < total; index++) {
    if (index % IMAGES_PER_WORD === 0) onProgress?.({ done: index, total });
    const { value: match } = finder.matches(index, { from: total, to: images.count }).next();
    if (match === undefined) continue;
    const { likeness, correlation } = match;
    leaks.push({ index, likeness, correlation, ...placeOf(match.image, dataset, names) });
  }
  onProgress?.({ done: total, total });
  return leaks;
};

const placeOf = (
  image: number,
  dataset: LeakSearchable,
  names: readonly Split[],
): Pick<Leak, 'otherSplit' | 'otherIndex'> => {
  let first = 0;
  for (const name of names) {
    const count = dataset[name]?.count ?? 0;
    if (image < first + count) return { otherSplit: name, otherIndex: image - first };
    first += count;
  }
  throw new RangeError(`Image ${image} of ${first} is in no split.`);
};
