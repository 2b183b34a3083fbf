import { headTargets, type HeadTargets } from '../dataset/head-targets.ts';
import type { ImageDataset, ImageSplit } from '../dataset/image-dataset.ts';
import { alignTargets } from './align-targets.ts';
import type { ChosenHead } from './choose-head.ts';

/** The images of a split with what one head is to say of them. */
export interface HeadSplit {
  /** `targets` stand in the order of the head's labels; `scored` tells which images count for this head. */
  readonly images: ImageSplit;
  /** How samples are chosen for scoring, in words. */
  readonly protocol: string;
}

/**
 * Labels a split for one head of a model. Other heads than the main one learnt the dataset's own labels: they are
 * scored by those also where votes stand beside them.
 *
 * @throws {UnknownLabelsError} when the data has classes that the head does not know.
 */
export const splitForHead = (
  dataset: ImageDataset,
  split: ImageSplit,
  { index, labels }: ChosenHead,
): HeadSplit => {
  const known = headTargets(dataset, split);
  const { labels: from, targets, scored, protocol } = known[Math.min(index, known.length - 1)] as HeadTargets;
  const { ownTargets: _, ...rest } = split;
  return { images: { ...rest, targets: alignTargets(targets, from, labels), scored }, protocol };
};
