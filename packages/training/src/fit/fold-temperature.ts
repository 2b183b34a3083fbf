import tf from '@tensorflow/tfjs';

/**
 * Divides a model's logits by a temperature, by dividing the kernel and the bias of its last layer (dense, softmax),
 * so that the calibrated model is the same graph with other numbers.
 */
export const foldTemperature = (model: tf.LayersModel, temperature: number): void => {
  const head = model.layers.at(-1) as tf.layers.Layer;
  tf.tidy(() => {
    head.setWeights(head.getWeights().map((weights) => weights.div(temperature)));
  });
};
