import * as tf from '@tensorflow/tfjs';
import type { FloatArray } from './run-onnx.ts';

/**
 * Runs a model of one image input and one output on tfjs.
 *
 * @param pixels `[batch, channels, height, width]`, as the graph takes them.
 */
export const runTfjs = async (model: tf.LayersModel, pixels: FloatArray): Promise<FloatArray> => {
  const output = tf.tidy(() => {
    const channelsFirst = tf.tensor4d(pixels.data, pixels.shape as [number, number, number, number]);
    return model.predict(tf.transpose(channelsFirst, [0, 2, 3, 1])) as tf.Tensor;
  });
  try {
    return { data: Float32Array.from(await output.data()), shape: output.shape };
  } finally {
    output.dispose();
  }
};
