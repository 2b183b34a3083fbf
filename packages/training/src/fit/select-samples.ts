import { createRandom, shuffled } from '@mien/contract';
import type { ImageSplit } from '../dataset/image-dataset.ts';

/** Which random stream this is, so that it is no other's. */
const STREAM = 0x5e1ec7;

const takeRows = <T extends Uint8Array | Float32Array>(
  values: T,
  rows: number,
  indices: readonly number[],
  Taken: new (length: number) => T,
): T => {
  const length = values.length / rows;
  const taken = new Taken(indices.length * length);
  for (const [to, from] of indices.entries())
    taken.set(values.subarray(from * length, (from + 1) * length), to * length);
  return taken;
};

const take = (split: ImageSplit, indices: readonly number[]): ImageSplit => {
  return {
    count: indices.length,
    pixels: takeRows(split.pixels, split.count, indices, Uint8Array),
    targets: takeRows(split.targets, split.count, indices, Float32Array),
    ...(split.ownTargets === undefined
      ? {}
      : { ownTargets: takeRows(split.ownTargets, split.count, indices, Float32Array) }),
    sources: indices.map((index) => split.sources[index] as string),
    scored: Uint8Array.from(indices, (index) => split.scored[index] as number),
  };
};

/**
 * Picks samples to look at after each epoch: those that count when scoring (all, where they are scored by their own
 * labels too), at most `limit` of them, chosen by the seed and not by their order in the dataset.
 */
export const selectSamples = (split: ImageSplit, limit: number, seed: number): ImageSplit => {
  const scored = Array.from({ length: split.count }, (_, index) => index).filter(
    (index) => split.scored[index] === 1 || split.ownTargets !== undefined,
  );
  const chosen =
    scored.length <= limit
      ? scored
      : shuffled(scored, createRandom(seed, STREAM))
          .slice(0, limit)
          .toSorted((a, b) => a - b);
  return chosen.length === split.count ? split : take(split, chosen);
};
