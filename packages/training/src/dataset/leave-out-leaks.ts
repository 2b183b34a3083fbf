import type { Leak } from '../duplicates/find-leaks.ts';
import { OnlyDuplicatesError } from './dataset-errors.ts';
import { countClasses } from './count-classes.ts';
import type { ImageDataset } from './image-dataset.ts';
import { withoutTrainingImages } from './without-training-images.ts';

const WORDS: Readonly<Record<Leak['likeness'], string>> = {
  exact: 'same as',
  near: 'nearly the same as',
  mirrored: 'mirror image of',
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
  const { train, labels } = dataset;
  const reasons = new Map(
    leaks.map(({ index, likeness, otherSplit, otherIndex }) => [
      index,
      `${WORDS[likeness]} ${dataset[otherSplit]?.sources[otherIndex] ?? otherSplit}`,
    ]),
  );
  const changed = withoutTrainingImages(dataset, reasons);
  const before = countClasses(train, labels).classes;
  const after = countClasses(changed.train, labels).classes;
  const emptied = before.find(({ images }, label) => images > 0 && after[label]?.images === 0);
  if (emptied !== undefined) throw new OnlyDuplicatesError(path, emptied.label, emptied.images);
  return { ...changed, duplicatesLeftOut: leaks.length };
};
