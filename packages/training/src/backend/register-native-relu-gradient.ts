import tf from '@tensorflow/tfjs';
import { nativeBackend } from './native-backend.ts';

/**
 * Lets the gradient of ReLU be TensorFlow's one kernel. TensorFlow.js's own compares, selects twice and multiplies.
 * It holds for the rest of the process, and computes the same on other backends.
 */
export const registerNativeReluGradient = (): void => {
  tf.registerGradient({
    kernelName: 'Relu',
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({
      x: () => {
        if (tf.getBackend() !== 'tensorflow') return tf.mul(dy as tf.Tensor, tf.step(y as tf.Tensor));
        const backend = nativeBackend();
        const attributes = [
          { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT },
        ];
        return backend.executeSingleOutput('ReluGrad', attributes, [dy as tf.Tensor, y as tf.Tensor]);
      },
    }),
  });
};
