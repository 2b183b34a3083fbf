import tf from '@tensorflow/tfjs';

/** Joins tensors into one flat vector, in their order. */
export const flatten = (tensors: readonly tf.Tensor[]): tf.Tensor1D =>
  tf.tidy(() => tf.concat(tensors.map((tensor) => tensor.reshape<tf.Tensor1D>([tensor.size]))));

/**
 * Cuts a vector into pieces through the host. For the wasm backend, whose slices and splits copy the whole vector for
 * every piece (46 ms for the plain CNN's ten weights, a fifth of its step), while the host reads its memory at once.
 */
const splitOnHost = (flat: tf.Tensor1D, sizes: readonly number[]): tf.Tensor1D[] => {
  const values = flat.dataSync<'float32'>();
  let start = 0;
  return sizes.map((size) => {
    const piece = tf.tensor1d(values.subarray(start, start + size));
    start += size;
    return piece;
  });
};

/** Gives each variable its part of a flat vector, in their order. */
export const assignFlat = (variables: readonly tf.Variable[], flat: tf.Tensor1D): void => {
  tf.tidy(() => {
    const sizes = variables.map(({ size }) => size);
    const parts = tf.getBackend() === 'wasm' ? splitOnHost(flat, sizes) : tf.split(flat, sizes);
    for (const [index, variable] of variables.entries()) {
      variable.assign((parts[index] as tf.Tensor1D).reshape(variable.shape));
    }
  });
};

/** A flat vector with one number for each weight: `value` in kernels (matrices and filters), 0 in biases and scales. */
export const fillKernels = (variables: readonly tf.Variable[], value: number): tf.Tensor1D =>
  tf.tidy(() => flatten(variables.map(({ shape }) => tf.fill(shape, shape.length >= 2 ? value : 0))));
