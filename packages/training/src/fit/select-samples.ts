import { createRandom, shuffled } from '@mien/contract';
import type { ImageSplit } from '../dataset/image-dataset.ts';
import { takeImages } from '../dataset/take-images.ts';

/** Which random stream this is, so that it is no other's. */
const STREAM = 0x5e1ec7;

/**
 * Picks samples to look at after each epoch: those that count when scoring, at most `limit` of them, chosen by the
 * seed and not by their order in the dataset. Where images are scored by their own labels too, all count that fit into
 * the limit.
 */
export const selectSamples = (split: ImageSplit, limit: number, seed: number): ImageSplit => {
  if (split.ownTargets !== undefined && split.count <= limit) return split;
  const scored = Array.from({ length: split.count }, (_, index) => index).filter(
    (index) => split.scored[index] === 1,
  );
  const chosen =
    scored.length <= limit
      ? scored
      : shuffled(scored, createRandom(seed, STREAM))
          .slice(0, limit)
          .toSorted((a, b) => a - b);
  return chosen.length === split.count ? split : takeImages(split, chosen);
};
