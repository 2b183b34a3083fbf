import { predictHeads, type PredictParams } from './predict-heads.ts';

/** The same pictures, left and right exchanged; `[count, heightPx, widthPx, channels]`. */
const mirror = (
  pixels: Uint8Array,
  { widthPx, channels }: { readonly widthPx: number; readonly channels: number },
): Uint8Array => {
  const mirrored = new Uint8Array(pixels.length);
  const rowLength = widthPx * channels;
  for (let row = 0; row < pixels.length; row += rowLength)
    for (let column = 0; column < widthPx; column++) {
      const from = row + column * channels;
      mirrored.set(pixels.subarray(from, from + channels), row + (widthPx - 1 - column) * channels);
    }
  return mirrored;
};

/**
 * Runs a model over all images of a split and over their mirror images, and averages the two: what flip averaging
 * would gain at twice the cost.
 *
 * @returns probabilities of each head, `[split.count, classes]`, in the order of the split.
 * @throws {RangeError} when the split's bytes do not fit the geometry.
 */
export const predictMirrored = async (params: PredictParams): Promise<Float32Array[]> => {
  const { split, geometry } = params;
  const plain = await predictHeads(params);
  const mirrored = await predictHeads({
    ...params,
    split: { ...split, pixels: mirror(split.pixels, geometry) },
  });
  return plain.map((probabilities, head) =>
    probabilities.map((value, index) => (value + (mirrored[head]?.[index] as number)) / 2),
  );
};
