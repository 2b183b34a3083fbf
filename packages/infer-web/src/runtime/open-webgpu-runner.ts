import { createLane } from './lane.ts';
import { openSession, type Ort } from './open-session.ts';
import type { Runner, RunnerParams } from './runner.ts';
import { configureWasm, explainStartFailure, WASM_FILES } from './wasm-file.ts';
import { DeviceLostError, openGpu } from './webgpu-device.ts';

const lane = createLane();

/**
 * Loads a graph on a GPU. The bundle for it is downloaded here, so that pages without a GPU never pay for it.
 *
 * The GPU is opened here rather than by ONNX Runtime: it is known which one computes, it is told when it is lost, and
 * the next runner starts with a fresh one.
 *
 * @throws {AssetError} when the WebAssembly file is not where it should be.
 * @throws {RuntimeStartError} when ONNX Runtime does not start, or does not take the graph.
 */
export const openWebgpuRunner = async (
  { bytes, card, assetsUrl }: RunnerParams,
  adapter: GPUAdapter,
): Promise<Runner> => {
  const ort: Ort = await import('onnxruntime-web/webgpu');
  configureWasm(ort, WASM_FILES.webgpu, assetsUrl);
  const device = await openGpu(adapter);
  const lost = device.lost.then(({ message }): never => {
    throw new DeviceLostError(message);
  });
  lost.catch(() => undefined);
  try {
    const executionProviders = [{ name: 'webgpu', device } as const];
    const session = await Promise.race([openSession({ ort, lane, bytes, card, executionProviders }), lost]);
    return {
      runGraph: (inputs) => Promise.race([session.runGraph(inputs), lost]),
      close: async () => {
        await Promise.race([session.close(), lost]).catch(() => undefined);
        device.destroy();
      },
    };
  } catch (cause) {
    device.destroy();
    if (cause instanceof DeviceLostError) throw cause;
    throw await explainStartFailure(cause, { provider: 'WebGPU', file: WASM_FILES.webgpu, assetsUrl });
  }
};
