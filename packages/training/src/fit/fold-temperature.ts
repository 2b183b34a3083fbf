import tf from '@tensorflow/tfjs';

/**
 * Divides a model's logits by a temperature, by dividing the kernel and the bias of an output's layer (dense, softmax),
 * so that the calibrated model is the same graph with other numbers.
 */
export const foldTemperature = (model: tf.LayersModel, temperature: number, output = 0): void => {
  const head = (model.outputs[output] as tf.SymbolicTensor).sourceLayer;
  tf.tidy(() => {
    head.setWeights(head.getWeights().map((weights) => weights.div(temperature)));
  });
};
