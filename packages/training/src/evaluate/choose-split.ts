import { MienError } from '@mien/contract';
import type { ImageDataset, ImageSplit } from '../dataset/image-dataset.ts';
import { SPLITS, type Split } from '../dataset/sample.ts';

/** A split that the dataset does not have. */
export class MissingSplitError extends MienError {
  override readonly name = 'MissingSplitError';
  constructor(
    readonly dataset: string,
    readonly split: Split,
    readonly available: readonly Split[],
  ) {
    super(`"${dataset}" has no images in its ${split} split. Choose one of: ${available.join(', ')}.`);
  }
}

/**
 * Picks the images that a model is scored on.
 *
 * @param wanted by default `test` where the dataset has one, else `validation`.
 * @throws {MissingSplitError} when the dataset has no such split.
 */
export const chooseSplit = (
  dataset: ImageDataset,
  wanted: Split | undefined,
): { readonly name: Split; readonly images: ImageSplit } => {
  const name = wanted ?? (dataset.test === undefined ? 'validation' : 'test');
  const images = dataset[name];
  if (images !== undefined && images.count > 0) return { name, images };
  const available = SPLITS.filter((other) => (dataset[other]?.count ?? 0) > 0);
  throw new MissingSplitError(dataset.name, name, available);
};
