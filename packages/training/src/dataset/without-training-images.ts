import { fingerprintOf } from './fingerprint.ts';
import type { ImageDataset } from './image-dataset.ts';
import { takeImages } from './take-images.ts';

/**
 * Leaves images out of a dataset's training split; they are listed among what was skipped, in the order given.
 *
 * @param reasons why each is left out, by its place in the training split.
 * @returns with a fingerprint of its own.
 */
export const withoutTrainingImages = (
  dataset: ImageDataset,
  reasons: ReadonlyMap<number, string>,
): ImageDataset => {
  const { train, skipped } = dataset;
  const kept = Array.from({ length: train.count }, (_, index) => index).filter(
    (index) => !reasons.has(index),
  );
  const leftOut = Array.from(reasons, ([index, reason]) => ({
    source: train.sources[index] as string,
    reason,
  }));
  const changed = { ...dataset, train: takeImages(train, kept), skipped: [...skipped, ...leftOut] };
  return { ...changed, fingerprint: fingerprintOf(changed) };
};
