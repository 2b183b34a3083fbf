import type { ImageDataset } from '../../dataset/image-dataset.ts';
import type { Problem } from '../../inspect/find-problems.ts';
import type { Inspection } from '../../inspect/inspection.ts';
import type { ListedImage } from '../../inspect/listed-image.ts';

/** What the page on a dataset is made of. */
export interface InspectionContent {
  readonly inspection: Inspection;
  readonly problems: readonly Problem[];
  /** The dataset that was inspected, in one gray channel: where the pictures come from. */
  readonly dataset: ImageDataset;
}

/** The pixels of an image, `[heightPx, widthPx]`. */
export const pixelsOf = (dataset: ImageDataset, { split, index }: ListedImage): Uint8Array => {
  const bytes = dataset.widthPx * dataset.heightPx;
  return (dataset[split]?.pixels ?? new Uint8Array()).subarray(index * bytes, (index + 1) * bytes);
};
