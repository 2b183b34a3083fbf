import type { ImageDataset, ImageSplit } from '../dataset/image-dataset.ts';
import type { LoadProgress } from '../dataset/open-source.ts';
import { SPLITS } from '../dataset/sample.ts';
import { compareImages } from '../duplicates/compared-images.ts';
import { findLeaks } from '../duplicates/find-leaks.ts';
import { groupDuplicates } from '../duplicates/group-duplicates.ts';
import { compareLabels } from './compare-labels.ts';
import { classesOf, countClasses } from '../dataset/count-classes.ts';
import { findOutliers } from './find-outliers.ts';
import type { ImageGroup, Inspection, LeakedImage } from './inspection.ts';
import { listImages, ownLabelsOf, type ListedImage } from './listed-image.ts';
import { measureImage } from './measure-image.ts';
import { surveySizes, type SizeSurvey } from './survey-sizes.ts';
import { voteVerdicts, type VoteVerdict } from './vote-verdicts.ts';

/** What is inspected, and where it came from. */
export interface InspectParams {
  /** Decoded to one gray channel, nothing left out, with its own labels kept where there are votes. */
  readonly dataset: ImageDataset;
  /** Path of the folder or CSV file. */
  readonly data: string;
  /** FER+ votes, CSV. */
  readonly votes?: string | undefined;
  readonly onProgress?: (progress: LoadProgress) => void;
}

type Word = (what: string) => (progress: { done: number; total: number }) => void;

const splitsOf = (dataset: ImageDataset): ImageSplit[] =>
  SPLITS.flatMap((name) => (dataset[name] === undefined ? [] : [dataset[name]]));

const leaksOf = (dataset: ImageDataset, images: readonly ListedImage[], word: Word): LeakedImage[] => {
  const place = new Map(images.map((image) => [`${image.split} ${image.index}`, image]));
  return (['train', 'validation'] as const).flatMap((split) =>
    findLeaks({ dataset, split, onProgress: word(`looking for ${split} images in later splits`) }).map(
      ({ index, otherSplit, otherIndex, likeness, correlation }) => ({
        image: place.get(`${split} ${index}`) as ListedImage,
        sameAs: place.get(`${otherSplit} ${otherIndex}`) as ListedImage,
        likeness,
        correlation,
      }),
    ),
  );
};

const groupsOf = (dataset: ImageDataset, listed: readonly ListedImage[], word: Word): ImageGroup[] => {
  const pixels = splitsOf(dataset).map((split) => split.pixels);
  const images = compareImages({ pixels, geometry: dataset });
  return groupDuplicates({ images, onProgress: word('looking for images that are there twice') }).map(
    ({ images: members, isExact }) => {
      const group = members.map((image) => listed[image] as ListedImage);
      return {
        images: group,
        isExact,
        isConflict: new Set(group.map(({ label }) => label)).size > 1,
        isAcrossSplits: new Set(group.map(({ split }) => split)).size > 1,
      };
    },
  );
};

const odditiesOf = (dataset: ImageDataset, listed: readonly ListedImage[]): Inspection['oddities'] => {
  const { widthPx, heightPx } = dataset;
  const bytes = widthPx * heightPx;
  const figures = splitsOf(dataset).flatMap(({ pixels, count }) =>
    Array.from({ length: count }, (_, image) =>
      measureImage(pixels.subarray(image * bytes, (image + 1) * bytes), widthPx, heightPx),
    ),
  );
  return findOutliers(figures).map(({ image, kind, value }) => ({
    image: listed[image] as ListedImage,
    kind,
    value,
  }));
};

const verdictsOf = async (dataset: ImageDataset, votes: string | undefined): Promise<VoteVerdict[]> => {
  if (votes === undefined) return [];
  const sources = splitsOf(dataset).flatMap((split) => {
    const classes = classesOf(split.targets, dataset.labels.length);
    return split.sources.filter((_, index) => classes[index] === -1);
  });
  return voteVerdicts({ votes, sources });
};

const sizesOf = async (
  { dataset, data }: InspectParams,
  listed: readonly ListedImage[],
  word: Word,
): Promise<SizeSurvey | undefined> => {
  if (dataset.kind !== 'folder') return undefined;
  const sources = listed.map(({ source }) => source);
  return surveySizes({ root: data, sources, sidePx: dataset.widthPx, onProgress: word('reading sizes') });
};

/**
 * Finds out what is to be known of a dataset before one trains on it: how its classes are filled, whether its labels
 * agree, which images are there twice, which are in training and in validation, which show nothing.
 */
export const inspectDataset = async (params: InspectParams): Promise<Inspection> => {
  const { dataset, votes, onProgress } = params;
  const word: Word = (what) => (progress) => onProgress?.({ ...progress, what });
  const labels = ownLabelsOf(dataset);
  const listed = listImages(dataset);
  const balance = SPLITS.flatMap((split) => {
    const images = dataset[split];
    if (images === undefined) return [];
    const { count, targets, ownTargets } = images;
    return [{ split, ...countClasses({ count, targets: ownTargets ?? targets }, labels) }];
  });
  return {
    name: dataset.name,
    kind: dataset.kind,
    fingerprint: dataset.fingerprint,
    labels,
    balance,
    agreement: compareLabels(splitsOf(dataset), labels, dataset.labels),
    verdicts: await verdictsOf(dataset, votes),
    leaks: leaksOf(dataset, listed, word),
    groups: groupsOf(dataset, listed, word),
    oddities: odditiesOf(dataset, listed),
    sizes: await sizesOf(params, listed, word),
    unreadable: dataset.skipped,
  };
};
