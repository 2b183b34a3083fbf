import type tf from '@tensorflow/tfjs';
import { defineWasmKernel } from './wasm-kernel.ts';

/** Registers an identity that shares its values, as on the other backends: the shipped one copies them. */
export const defineIdentity = (): void => {
  defineWasmKernel<{ x: tf.TensorInfo }, object>('Identity', ({ inputs: { x }, backend }) => {
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  });
};
