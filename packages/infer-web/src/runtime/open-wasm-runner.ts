import { createLane } from './lane.ts';
import { openSession, type Ort } from './open-session.ts';
import type { Runner, RunnerParams } from './runner.ts';
import { configureWasm, explainStartFailure, WASM_FILES } from './wasm-file.ts';

const lane = createLane();

/**
 * Loads a graph on the CPU, through ONNX Runtime's WebAssembly with SIMD, on one thread.
 *
 * @throws {AssetError} when the WebAssembly file is not where it should be.
 * @throws {RuntimeStartError} when it does not start, or does not take the graph.
 */
export const openWasmRunner = async ({ bytes, card, assetsUrl }: RunnerParams): Promise<Runner> => {
  const ort: Ort = await import('onnxruntime-web/wasm');
  configureWasm(ort, WASM_FILES.wasm, assetsUrl);
  try {
    return await openSession({ ort, lane, bytes, card, executionProviders: ['wasm'] });
  } catch (cause) {
    throw await explainStartFailure(cause, { provider: 'WebAssembly', file: WASM_FILES.wasm, assetsUrl });
  }
};
