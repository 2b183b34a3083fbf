import { MienError } from '@mien/contract';

/** The GPU went away: its driver was reset or updated, or another program took it down. */
export class DeviceLostError extends MienError {
  override readonly name = 'DeviceLostError';
  constructor(
    /** What the browser says, possibly nothing. */
    readonly reason: string,
  ) {
    const because = reason === '' ? '' : `: ${reason.replace(/\.+$/u, '')}`;
    super(`The GPU was lost${because}.`);
  }
}

/** Asks for a GPU; `undefined` where the browser has none to give. */
export const requestAdapter = async (): Promise<GPUAdapter | undefined> => {
  // Typed as always there, but absent in older browsers, in pages that are not served securely, and on servers.
  const gpu = globalThis.navigator?.gpu as GPU | undefined;
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => undefined);
  return adapter ?? undefined;
};

/** True for an adapter that computes in software: slower than WebAssembly. */
export const isSoftware = ({ info }: GPUAdapter): boolean =>
  info.isFallbackAdapter ||
  /swiftshader|llvmpipe|basic render/iu.test(`${info.architecture} ${info.description}`);

/** Names a GPU for people. */
export const nameOf = ({ info }: GPUAdapter): string =>
  info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'unnamed adapter';

/** What ONNX Runtime's kernels make use of where the adapter has it. */
const WANTED_FEATURES: readonly GPUFeatureName[] = ['shader-f16', 'subgroups'];
const WANTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBuffersPerShaderStage',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/** Opens a GPU that belongs to one runner, with everything that ONNX Runtime's kernels can use. */
export const openGpu = (adapter: GPUAdapter): Promise<GPUDevice> =>
  adapter.requestDevice({
    requiredFeatures: WANTED_FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(WANTED_LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
