import tf from '@tensorflow/tfjs';
import type { InputGeometry } from '@mien/pixels';
import type { ImageSplit } from '../dataset/image-dataset.ts';

/** How far {@link predictHeads} has come. */
export interface PredictProgress {
  readonly done: number;
  readonly total: number;
}

/** What to run a model on. */
export interface PredictParams {
  /**
   * Takes pixels in [0, 255], `[N, heightPx, widthPx, channels]`, and gives probabilities, `[N, classes]`, of one head
   * or of several.
   */
  readonly model: tf.LayersModel;
  readonly split: Pick<ImageSplit, 'count' | 'pixels'>;
  readonly geometry: InputGeometry;
  readonly batchSize?: number;
  readonly onProgress?: (progress: PredictProgress) => void;
}

const joined = (parts: readonly Float32Array[]): Float32Array => {
  const whole = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

/**
 * Runs a model over all images of a split, batch by batch. Every tensor that it makes is disposed.
 *
 * @returns probabilities of each head, `[split.count, classes]`, in the order of the split.
 * @throws {RangeError} when the split's bytes do not fit the geometry.
 */
export const predictHeads = async (params: PredictParams): Promise<Float32Array[]> => {
  const { model, split, geometry, batchSize = 64, onProgress } = params;
  const { heightPx, widthPx, channels } = geometry;
  const imageLength = heightPx * widthPx * channels;
  if (split.pixels.length !== split.count * imageLength)
    throw new RangeError(
      `split.pixels holds ${split.pixels.length} bytes; ${split.count} images of ` +
        `${heightPx}×${widthPx}×${channels} have ${split.count * imageLength}.`,
    );
  const parts: Float32Array[][] = model.outputs.map(() => []);
  for (let start = 0; start < split.count; start += batchSize) {
    const end = Math.min(split.count, start + batchSize);
    const values = Float32Array.from(split.pixels.subarray(start * imageLength, end * imageLength));
    const outputs = tf.tidy(() => {
      const input = tf.tensor4d(values, [end - start, heightPx, widthPx, channels]);
      const output = model.predictOnBatch(input);
      return Array.isArray(output) ? output : [output];
    });
    for (const [head, output] of outputs.entries()) {
      parts[head]?.push((await output.data()) as Float32Array);
      output.dispose();
    }
    onProgress?.({ done: end, total: split.count });
  }
  return parts.map(joined);
};
