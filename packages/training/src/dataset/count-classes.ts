import type { ImageSplit } from './image-dataset.ts';
import { rowArgMax } from '../evaluate/row-arg-max.ts';

/** How many images of each class a split holds. */
export interface ClassBalance {
  readonly images: number;
  readonly classes: readonly { readonly label: string; readonly images: number }[];
  /** Images of the commonest class for each of the rarest that has any; 1 where all have as many. */
  readonly imbalance: number;
}

/** The class of every image by the targets given: the largest entry's, or -1 where a row is all zeros. */
export const classesOf = (targets: Float32Array, classes: number): Int32Array =>
  Int32Array.from(rowArgMax(targets, classes), (label, image) =>
    (targets[image * classes + label] as number) > 0 ? label : -1,
  );

/** Counts the images of each class. Images without a class count among `images` alone. */
export const countClasses = (
  split: Pick<ImageSplit, 'count' | 'targets'>,
  labels: readonly string[],
): ClassBalance => {
  const counts = labels.map(() => 0);
  for (const label of classesOf(split.targets, labels.length))
    if (label >= 0) counts[label] = (counts[label] as number) + 1;
  const filled = counts.filter((count) => count > 0);
  return {
    images: split.count,
    classes: labels.map((label, index) => ({ label, images: counts[index] as number })),
    imbalance: filled.length === 0 ? 1 : Math.max(...filled) / Math.min(...filled),
  };
};
