import { createRequire } from 'node:module';
import path from 'node:path';
import tf from '@tensorflow/tfjs';
import { defineWasmKernels } from './wasm/define-wasm-kernels.ts';
import { withoutNewListeners } from './quiet.ts';
import type { StartedBackend } from './started-backend.ts';

/**
 * Starts TensorFlow.js's WebAssembly backend with the gradients that it lacks.
 *
 * One thread: its threaded binary (4.22.0) was linked without a working thread pool, XNNPACK reports one thread
 * whatever is asked for.
 *
 * @throws what the WebAssembly engine says when it cannot run the binary.
 */
export const startWasm = async (): Promise<StartedBackend> => {
  const require = createRequire(import.meta.url);
  const { default: wasm } = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}${path.sep}`);
  defineWasmKernels();
  const isUp = await withoutNewListeners(['uncaughtException', 'unhandledRejection'], () =>
    tf.setBackend('wasm'),
  );
  if (!isUp) throw new Error('the WebAssembly binary did not start');
  const hasSimd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) as boolean;
  return { description: `WebAssembly${hasSimd ? ' SIMD' : ''}, 1 thread` };
};
