import tf from '@tensorflow/tfjs';
import type { InputGeometry } from '@mien/pixels';
import type { ImageSplit } from '../dataset/image-dataset.ts';

/** How far {@link predict} has come. */
export interface PredictProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Runs a model over all images of a split, batch by batch. Every tensor that it makes is disposed.
 *
 * @param params.model takes pixels in [0, 255], `[N, heightPx, widthPx, channels]`, and gives probabilities,
 *   `[N, classes]`.
 * @returns probabilities, `[split.count, classes]`, in the order of the split.
 * @throws {RangeError} when the split's bytes do not fit the geometry.
 */
export const predict = async (params: {
  readonly model: tf.LayersModel;
  readonly split: Pick<ImageSplit, 'count' | 'pixels'>;
  readonly geometry: InputGeometry;
  readonly batchSize?: number;
  readonly onProgress?: (progress: PredictProgress) => void;
}): Promise<Float32Array> => {
  const { model, split, geometry, batchSize = 64, onProgress } = params;
  const { heightPx, widthPx, channels } = geometry;
  const imageLength = heightPx * widthPx * channels;
  if (split.pixels.length !== split.count * imageLength)
    throw new RangeError(
      `split.pixels holds ${split.pixels.length} bytes; ${split.count} images of ` +
        `${heightPx}×${widthPx}×${channels} have ${split.count * imageLength}.`,
    );
  const parts: Float32Array[] = [];
  for (let start = 0; start < split.count; start += batchSize) {
    const end = Math.min(split.count, start + batchSize);
    const values = Float32Array.from(split.pixels.subarray(start * imageLength, end * imageLength));
    const output = tf.tidy(() => {
      const input = tf.tensor4d(values, [end - start, heightPx, widthPx, channels]);
      return model.predictOnBatch(input) as tf.Tensor2D;
    });
    parts.push((await output.data()) as Float32Array);
    output.dispose();
    onProgress?.({ done: end, total: split.count });
  }
  const probabilities = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    probabilities.set(part, offset);
    offset += part.length;
  }
  return probabilities;
};
