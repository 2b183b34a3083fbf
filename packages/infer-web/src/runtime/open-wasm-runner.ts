import { createLane } from './lane.ts';
import { openSessions, type Ort } from './open-sessions.ts';
import type { Runner, RunnerParams } from './runner.ts';
import { configureWasm, explainStartFailure, WASM_FILES } from './wasm-file.ts';

const lane = createLane();

/**
 * Loads graphs on the CPU, through ONNX Runtime's WebAssembly with SIMD, on one thread.
 *
 * @throws {AssetError} when the WebAssembly file is not where it should be.
 * @throws {RuntimeStartError} when it does not start, or does not take a graph.
 */
export const openWasmRunner = async <Name extends string>({
  graphs,
  assetsUrl,
}: RunnerParams<Name>): Promise<Runner<Name>> => {
  const ort: Ort = await import('onnxruntime-web/wasm');
  configureWasm(ort, WASM_FILES.wasm, assetsUrl);
  try {
    return await openSessions({ ort, lane, graphs, executionProviders: ['wasm'] });
  } catch (cause) {
    throw await explainStartFailure(cause, { provider: 'WebAssembly', file: WASM_FILES.wasm, assetsUrl });
  }
};
