import type { ImageDataset } from '../dataset/image-dataset.ts';
import { SPLITS, type Split } from '../dataset/sample.ts';
import { classesOf } from '../dataset/count-classes.ts';

/** An image as a finding names it. */
export interface ListedImage {
  readonly split: Split;
  /** Number of the image in its split. */
  readonly index: number;
  readonly source: string;
  /** Its own label: the dataset's where votes stand beside it; empty where it has none. */
  readonly label: string;
}

/** The labels that the class folders or rows themselves give. */
export const ownLabelsOf = ({ labels, ownLabels }: ImageDataset): readonly string[] => ownLabels ?? labels;

/** Lists all images of a dataset, in the order of the splits. */
export const listImages = (dataset: ImageDataset): ListedImage[] => {
  const labels = ownLabelsOf(dataset);
  return SPLITS.flatMap((split) => {
    const images = dataset[split];
    if (images === undefined) return [];
    const classes = classesOf(images.ownTargets ?? images.targets, labels.length);
    return images.sources.map((source, index) => ({
      split,
      index,
      source,
      label: labels[classes[index] as number] ?? '',
    }));
  });
};
