import { createLane } from './lane.ts';
import { openSessions, type Ort } from './open-sessions.ts';
import type { Runner, RunnerParams } from './runner.ts';
import { configureWasm, explainStartFailure, WASM_FILES } from './wasm-file.ts';
import { DeviceLostError, openGpu } from './webgpu-device.ts';

const lane = createLane();

/**
 * Loads graphs on a GPU. The bundle for it is downloaded here, so that pages without a GPU never pay for it.
 *
 * The GPU is opened here rather than by ONNX Runtime: it is known which one computes, it is told when it is lost, and
 * the next runner starts with a fresh one.
 *
 * @throws {AssetError} when the WebAssembly file is not where it should be.
 * @throws {RuntimeStartError} when ONNX Runtime does not start, or does not take a graph.
 */
export const openWebgpuRunner = async <Name extends string>(
  { graphs, assetsUrl }: RunnerParams<Name>,
  adapter: GPUAdapter,
): Promise<Runner<Name>> => {
  const ort: Ort = await import('onnxruntime-web/webgpu');
  configureWasm(ort, WASM_FILES.webgpu, assetsUrl);
  const device = await openGpu(adapter);
  const lost = device.lost.then(({ message }): never => {
    throw new DeviceLostError(message);
  });
  lost.catch(() => undefined);
  try {
    const executionProviders = [{ name: 'webgpu', device } as const];
    const sessions = await Promise.race([openSessions({ ort, lane, graphs, executionProviders }), lost]);
    return {
      run: (name, inputs) => Promise.race([sessions.run(name, inputs), lost]),
      close: async () => {
        await Promise.race([sessions.close(), lost]).catch(() => undefined);
        device.destroy();
      },
    };
  } catch (cause) {
    device.destroy();
    if (cause instanceof DeviceLostError) throw cause;
    throw await explainStartFailure(cause, { provider: 'WebGPU', file: WASM_FILES.webgpu, assetsUrl });
  }
};
