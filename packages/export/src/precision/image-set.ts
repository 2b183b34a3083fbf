import { elementCount } from '../graph/shape.ts';
import type { FloatArray } from '../verify/run-onnx.ts';

/** Images, or whatever else a graph's only input takes, in the order in which they were found. */
export interface ImageSet {
  readonly count: number;
  /** `[channels, height, width]` of one image; `[height, width, channels]` where the graph has them so. */
  readonly shape: readonly number[];
  /** Numbers as the graph takes them, in [0, 255] unless told otherwise; `count` times `shape`. */
  readonly data: Uint8Array | Float32Array;
}

/** The images in portions of at most so many. */
export const batchesOf = function* ({ count, shape, data }: ImageSet, batch: number): Generator<FloatArray> {
  const size = elementCount(shape);
  for (let start = 0; start < count; start += batch) {
    const end = Math.min(count, start + batch);
    yield {
      data: Float32Array.from(data.subarray(start * size, end * size)),
      shape: [end - start, ...shape],
    };
  }
};

/** The images at some places. */
export const pickImages = (
  { count, shape, data }: ImageSet,
  isPicked: (index: number) => boolean,
): ImageSet => {
  const size = elementCount(shape);
  const picked = Array.from({ length: count }, (_, index) => index).filter(isPicked);
  const copy = new Float32Array(picked.length * size);
  for (const [to, from] of picked.entries())
    copy.set(data.subarray(from * size, (from + 1) * size), to * size);
  return { count: picked.length, shape, data: copy };
};

/** The images of several sets of the same size in one. */
export const joinImages = (sets: readonly ImageSet[]): ImageSet => {
  const data = new Float32Array(sets.reduce((length, set) => length + set.data.length, 0));
  let at = 0;
  for (const set of sets) {
    data.set(set.data, at);
    at += set.data.length;
  }
  return { count: sets.reduce((count, set) => count + set.count, 0), shape: sets[0]?.shape ?? [], data };
};
