import tf from '@tensorflow/tfjs';
import { defineConv2DGradients } from './conv2d-gradients.ts';
import { defineDepthwiseGradients } from './depthwise-gradients.ts';
import { defineMatMul } from './mat-mul.ts';
import { defineMaxPoolGradient } from './max-pool-gradient.ts';
import { defineSum } from './sum.ts';

/** Gives the wasm backend the kernels that training needs and TensorFlow.js lacks or has too slow; once per process. */
export const defineWasmKernels = (): void => {
  const isDone = (tf.getKernel('Conv2DBackpropFilter', 'wasm') as unknown) !== undefined;
  if (isDone) return;
  defineMatMul();
  defineSum();
  defineMaxPoolGradient();
  defineConv2DGradients();
  defineDepthwiseGradients();
};
