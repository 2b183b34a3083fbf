import type { Provider } from './device.ts';

const PLATFORM_PROVIDERS: Readonly<Partial<Record<NodeJS.Platform, readonly Provider[]>>> = {
  linux: ['webgpu'],
  darwin: ['coreml', 'webgpu'],
  win32: ['dml', 'webgpu'],
};

/**
 * Lists what device `auto` tries, in this order: an NVIDIA card, what the platform itself brings, any graphics card, the
 * processor. What ONNX Runtime is not built for on the platform is left out.
 */
export const autoProviders = ({
  platform,
  arch,
}: Pick<NodeJS.Process, 'platform' | 'arch'>): readonly Provider[] => [
  ...(platform === 'linux' && arch === 'x64' ? (['cuda'] as const) : []),
  ...(PLATFORM_PROVIDERS[platform] ?? []),
  'cpu',
];
