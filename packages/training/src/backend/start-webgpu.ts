import tf from '@tensorflow/tfjs';
import { isSoftwareAdapter, probeWebGpu } from './probe-webgpu.ts';
import { withQuietConsole } from './quiet.ts';
import type { StartedBackend } from './started-backend.ts';

/** Gives this process `navigator.gpu` by Dawn, as a browser has it. */
const installWebGpu = async (): Promise<void> => {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const navigator = (globalThis as { navigator?: object }).navigator ?? {};
  Object.defineProperty(navigator, 'gpu', { value: create([]), configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
};

/**
 * Starts TensorFlow.js's WebGPU backend on Dawn.
 *
 * @param acceptSoftware also runs on an adapter that computes on the CPU, which is slower than the wasm backend.
 * @throws when there is no adapter, or only a software one and `acceptSoftware` is false.
 */
export const startWebGpu = async ({
  acceptSoftware,
}: {
  acceptSoftware: boolean;
}): Promise<StartedBackend> => {
  const adapter = await probeWebGpu();
  if (adapter === undefined) {
    throw new Error('there is no WebGPU adapter (no GPU, or no Vulkan, Metal or D3D12 driver)');
  }
  const name = adapter.description || adapter.device || adapter.vendor || 'an unnamed adapter';
  const isSoftware = isSoftwareAdapter(adapter);
  if (isSoftware && !acceptSoftware) throw new Error(`the only WebGPU adapter, ${name}, is software`);
  const isUp = await withQuietConsole(async () => {
    await installWebGpu();
    await import('@tensorflow/tfjs-backend-webgpu');
    return tf.setBackend('webgpu');
  });
  if (!isUp) throw new Error(`the adapter ${name} gave no device`);
  return { description: `WebGPU on ${name}${isSoftware ? ' (software: slower than wasm)' : ''}` };
};
