import type { ImageDataset, ImageSplit } from './image-dataset.ts';

/** What one head of a network is to say of the images of a split. */
export interface HeadTargets {
  readonly labels: readonly string[];
  /** How samples are chosen for scoring, in words. */
  readonly protocol: string;
  /** `[count, labels]`. */
  readonly targets: Float32Array;
  /** 1 where the image counts when scoring, `[count]`. */
  readonly scored: Uint8Array;
}

/** The targets of a split for each head: the dataset's targets, then its own labels where those are learnt too. */
export const headTargets = (dataset: ImageDataset, split: ImageSplit): HeadTargets[] => {
  const { labels, ownLabels, protocol } = dataset;
  const { targets, ownTargets, scored, count } = split;
  const main = { labels, protocol, targets, scored };
  if (ownLabels === undefined || ownTargets === undefined) return [main];
  const all = new Uint8Array(count).fill(1);
  return [main, { labels: ownLabels, protocol: 'own labels', targets: ownTargets, scored: all }];
};
