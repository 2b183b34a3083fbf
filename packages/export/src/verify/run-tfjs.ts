import * as tf from '@tensorflow/tfjs';
import type { FloatArray } from './run-onnx.ts';

/**
 * Runs a model of one image input on tfjs.
 *
 * @param pixels `[batch, channels, height, width]`, as the graph takes them.
 * @returns one array for each of the model's outputs, in the model's order.
 */
export const runTfjs = async (model: tf.LayersModel, pixels: FloatArray): Promise<FloatArray[]> => {
  const outputs = tf.tidy(() => {
    const channelsFirst = tf.tensor4d(pixels.data, pixels.shape as [number, number, number, number]);
    return [model.predict(tf.transpose(channelsFirst, [0, 2, 3, 1]))].flat();
  });
  try {
    return await Promise.all(
      outputs.map(async (output) => ({ data: Float32Array.from(await output.data()), shape: output.shape })),
    );
  } finally {
    tf.dispose(outputs);
  }
};
