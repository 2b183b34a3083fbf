import { MienError } from '@mien/contract';

/** What runs a graph: the processor, an NVIDIA card through CUDA, any graphics card through WebGPU, Apple's, Windows'. */
export const PROVIDERS = ['cpu', 'cuda', 'webgpu', 'coreml', 'dml'] as const;

/** What runs a graph. */
export type Provider = (typeof PROVIDERS)[number];

/** Where a model can be asked to run: on the first of them that works, or on one and no other. */
export const DEVICES = ['auto', ...PROVIDERS] as const;

/** Where a model can be asked to run. */
export type Device = (typeof DEVICES)[number];

/** Where a model was asked to run and where it does. */
export interface DeviceInUse {
  readonly requested: Device;
  /** The execution provider that runs the graphs, as observed and not as asked for. */
  readonly provider: Provider;
  /** What is worth knowing about it, e.g. that some nodes run on the CPU, or why a faster device is not in use. */
  readonly note?: string;
}

const REMEDIES: Record<Provider, string> = {
  cpu: 'Reinstall onnxruntime-node for this platform',
  cuda:
    'It needs Linux x64, an NVIDIA driver, CUDA 12, cuDNN 9, and the CUDA libraries of onnxruntime-node, which npm does ' +
    'not bring: run "node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12" once. ' +
    'Or use device "cpu"',
  webgpu:
    'It needs a graphics card with its driver (on Linux, Vulkan: libvulkan.so.1 and the maker’s driver). ' +
    'Or use device "cpu"',
  coreml: 'It needs macOS. Use device "cpu" or "auto"',
  dml: 'It needs Windows and a graphics card that knows DirectX 12. Use device "cpu" or "auto"',
};

/** The device that was asked for cannot run the model here. */
export class DeviceUnavailableError extends MienError {
  override readonly name = 'DeviceUnavailableError';
  constructor(
    readonly device: Provider,
    /** What the runtime said. */
    readonly reason: string,
  ) {
    super(`Device "${device}" cannot be used: ${reason}. ${REMEDIES[device]}.`);
  }
}
