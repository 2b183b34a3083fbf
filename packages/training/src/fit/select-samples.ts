import { createRandom, shuffled } from '@mien/contract';
import type { ImageSplit } from '../dataset/image-dataset.ts';

/** Which random stream this is, so that it is no other's. */
const STREAM = 0x5e1ec7;

const take = (split: ImageSplit, indices: readonly number[]): ImageSplit => {
  const imageBytes = split.pixels.length / split.count;
  const classes = split.targets.length / split.count;
  const pixels = new Uint8Array(indices.length * imageBytes);
  const targets = new Float32Array(indices.length * classes);
  for (const [to, from] of indices.entries()) {
    pixels.set(split.pixels.subarray(from * imageBytes, (from + 1) * imageBytes), to * imageBytes);
    targets.set(split.targets.subarray(from * classes, (from + 1) * classes), to * classes);
  }
  return {
    count: indices.length,
    pixels,
    targets,
    sources: indices.map((index) => split.sources[index] as string),
    scored: Uint8Array.from(indices, (index) => split.scored[index] as number),
  };
};

/**
 * Picks samples to look at after each epoch: those that count when scoring, at most `limit` of them, chosen by the
 * seed and not by their order in the dataset.
 */
export const selectSamples = (split: ImageSplit, limit: number, seed: number): ImageSplit => {
  const scored = Array.from({ length: split.count }, (_, index) => index).filter(
    (index) => split.scored[index] === 1,
  );
  const chosen =
    scored.length <= limit
      ? scored
      : shuffled(scored, createRandom(seed, STREAM))
          .slice(0, limit)
          .toSorted((a, b) => a - b);
  return chosen.length === split.count ? split : take(split, chosen);
};
