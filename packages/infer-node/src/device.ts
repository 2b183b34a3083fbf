import { MienError } from '@mien/contract';

/** Where a model can be asked to run. */
export const DEVICES = ['cpu', 'cuda', 'webgpu'] as const;

/** Where a model runs: the processor, an NVIDIA card through CUDA, or any graphics card through WebGPU. */
export type Device = (typeof DEVICES)[number];

/** Where a model was asked to run and where it does. */
export interface DeviceInUse {
  readonly requested: Device;
  /** The execution provider that runs the graph, as observed and not as asked for. */
  readonly provider: Device;
  /** What is worth knowing about it, e.g. that some nodes run on the CPU. */
  readonly note?: string;
}

const REMEDIES: Record<Device, string> = {
  cpu: 'Reinstall onnxruntime-node for this platform',
  cuda:
    'It needs Linux x64, an NVIDIA driver, CUDA 12, cuDNN 9, and the CUDA libraries of onnxruntime-node, which npm does ' +
    'not bring: run "node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12" once. ' +
    'Or use device "cpu"',
  webgpu:
    'It needs a graphics card with its driver (on Linux, Vulkan: libvulkan.so.1 and the maker’s driver). ' +
    'Or use device "cpu"',
};

/** The device that was asked for cannot run the model here. */
export class DeviceUnavailableError extends MienError {
  override readonly name = 'DeviceUnavailableError';
  constructor(
    readonly device: Device,
    /** What the runtime said. */
    readonly reason: string,
  ) {
    super(`Device "${device}" cannot be used: ${reason}. ${REMEDIES[device]}.`);
  }
}
