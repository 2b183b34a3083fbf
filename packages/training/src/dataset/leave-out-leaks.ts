import type { Leak } from '../duplicates/find-leaks.ts';
import { OnlyDuplicatesError } from './dataset-errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ImageDataset, ImageSplit } from './image-dataset.ts';
import { topClass } from './sample.ts';
import { takeImages } from './take-images.ts';

const WORDS: Readonly<Record<Leak['likeness'], string>> = {
  exact: 'same as',
  near: 'nearly the same as',
  mirrored: 'mirror image of',
};

const countByClass = ({ count, targets }: ImageSplit, labels: readonly string[]): number[] => {
  const counts = labels.map(() => 0);
  for (let image = 0; image < count; image++) {
    const target = [...targets.subarray(image * labels.length, (image + 1) * labels.length)];
    const label = topClass(target);
    // A row of zeros is of no class.
    if (target[label] !== 0) counts[label] = (counts[label] as number) + 1;
  }
  return counts;
};

/**
 * Leaves leaking images out of a dataset's training split; they are listed among what was skipped.
 *
 * @param leaks of training images.
 * @param path where the dataset is, for the message.
 * @returns with a fingerprint of its own; the same fingerprint where there is nothing to leave out.
 * @throws {OnlyDuplicatesError} when that leaves a class without training images.
 */
export const leaveOutLeaks = (dataset: ImageDataset, leaks: readonly Leak[], path: string): ImageDataset => {
  if (leaks.length === 0) return { ...dataset, duplicatesLeftOut: 0 };
  const { train, labels, skipped } = dataset;
  const leaking = new Set(leaks.map(({ index }) => index));
  const kept = Array.from({ length: train.count }, (_, index) => index).filter(
    (index) => !leaking.has(index),
  );
  const left = takeImages(train, kept);
  const before = countByClass(train, labels);
  const emptied = countByClass(left, labels).findIndex((count, label) => count === 0 && before[label] !== 0);
  if (emptied !== -1)
    throw new OnlyDuplicatesError(path, labels[emptied] as string, before[emptied] as number);
  const reasons = leaks.map(({ index, likeness, otherSplit, otherIndex }) => ({
    source: train.sources[index] as string,
    reason: `${WORDS[likeness]} ${dataset[otherSplit]?.sources[otherIndex] ?? otherSplit}`,
  }));
  const changed = {
    ...dataset,
    train: left,
    skipped: [...skipped, ...reasons],
    duplicatesLeftOut: leaks.length,
  };
  return { ...changed, fingerprint: fingerprintOf(changed) };
};
