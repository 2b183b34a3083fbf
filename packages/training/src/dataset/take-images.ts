import type { ImageSplit } from './image-dataset.ts';

/** Copies rows of an array with `rows` of them into another, of which there is room for as many as are wanted. */
const copyRows = <T extends Uint8Array | Float32Array>(
  values: T,
  rows: number,
  indices: readonly number[],
  into: T,
): T => {
  const length = values.length / rows;
  for (const [to, from] of indices.entries())
    into.set(values.subarray(from * length, (from + 1) * length), to * length);
  return into;
};

/**
 * Copies some images of a split, with all that belongs to them.
 *
 * @param indices which, in the order wanted.
 * @returns its pixels in shared memory.
 */
export const takeImages = (split: ImageSplit, indices: readonly number[]): ImageSplit => {
  const room = (values: { readonly length: number }): number =>
    (values.length / split.count) * indices.length;
  const take = (values: Float32Array): Float32Array =>
    copyRows(values, split.count, indices, new Float32Array(room(values)));
  const pixels = new Uint8Array(new SharedArrayBuffer(room(split.pixels)));
  return {
    count: indices.length,
    pixels: copyRows(split.pixels, split.count, indices, pixels),
    targets: take(split.targets),
    ...(split.ownTargets === undefined ? {} : { ownTargets: take(split.ownTargets) }),
    sources: indices.map((index) => split.sources[index] as string),
    scored: Uint8Array.from(indices, (index) => split.scored[index] as number),
  };
};
