import tf from '@tensorflow/tfjs';

const sizesOf = (variables: readonly tf.Variable[]): number[] => variables.map(({ size }) => size);

/** Joins tensors into one flat vector, in their order. */
export const flatten = (tensors: readonly tf.Tensor[]): tf.Tensor1D =>
  tf.tidy(() => tf.concat(tensors.map((tensor) => tensor.reshape<tf.Tensor1D>([tensor.size]))));

/** Gives each variable its part of a flat vector, in their order. */
export const assignFlat = (variables: readonly tf.Variable[], flat: tf.Tensor1D): void => {
  tf.tidy(() => {
    const parts = tf.split(flat, sizesOf(variables));
    for (const [index, variable] of variables.entries()) {
      variable.assign((parts[index] as tf.Tensor1D).reshape(variable.shape));
    }
  });
};

/** A flat vector with one number for each weight: `value` in kernels (matrices and filters), 0 in biases and scales. */
export const fillKernels = (variables: readonly tf.Variable[], value: number): tf.Tensor1D =>
  tf.tidy(() => flatten(variables.map(({ shape }) => tf.fill(shape, shape.length >= 2 ? value : 0))));
