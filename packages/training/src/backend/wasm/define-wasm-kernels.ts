import tf from '@tensorflow/tfjs';
import { defineBatchNorm } from './batch-norm.ts';
import { defineConvolutions } from './convolutions.ts';
import { defineDepthwiseGradients } from './depthwise-gradients.ts';
import { defineIdentity } from './identity.ts';
import { defineMatMul } from './mat-mul.ts';
import { ComputeThreads } from './matrix/compute-threads.ts';
import { defineMaxPoolGradient } from './max-pool-gradient.ts';
import { defineSum } from './sum.ts';

/**
 * Gives the wasm backend the kernels that training needs and TensorFlow.js lacks or has too slow; once per process.
 *
 * @param threads how many threads convolve.
 */
export const defineWasmKernels = (threads: number): void => {
  const isDone = (tf.getKernel('Conv2DBackpropFilter', 'wasm') as unknown) !== undefined;
  if (isDone) return;
  defineMatMul();
  defineBatchNorm();
  defineIdentity();
  defineSum();
  defineMaxPoolGradient();
  defineConvolutions(new ComputeThreads(threads));
  defineDepthwiseGradients();
};
