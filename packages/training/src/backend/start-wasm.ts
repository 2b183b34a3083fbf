import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import tf from '@tensorflow/tfjs';
import { defineWasmKernels } from './wasm/define-wasm-kernels.ts';
import { withoutNewListeners } from './quiet.ts';
import type { StartedBackend } from './started-backend.ts';

/** More than this the training step's other operations, which run on one thread, could not keep busy. */
const MOST_THREADS = 8;

/**
 * Starts TensorFlow.js's WebAssembly backend with the gradients that it lacks, and convolutions on all cores.
 *
 * Its own threads are out of reach: the threaded binary of 4.22.0 never starts one, and reports a single thread
 * whatever is asked for.
 *
 * @throws what the WebAssembly engine says when it cannot run the binary.
 */
export const startWasm = async (): Promise<StartedBackend> => {
  const require = createRequire(import.meta.url);
  const { default: wasm } = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}${path.sep}`);
  const threads = Math.min(availableParallelism(), MOST_THREADS);
  defineWasmKernels(threads);
  const isUp = await withoutNewListeners(['uncaughtException', 'unhandledRejection'], () =>
    tf.setBackend('wasm'),
  );
  if (!isUp) throw new Error('the WebAssembly binary did not start');
  const hasSimd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) as boolean;
  return {
    description: `WebAssembly${hasSimd ? ' SIMD' : ''}, ${threads} thread${threads === 1 ? '' : 's'}`,
  };
};
