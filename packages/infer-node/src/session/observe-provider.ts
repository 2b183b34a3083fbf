import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDERS, type Provider } from './device.ts';

const PROVIDER_OF_NAME: Readonly<Record<string, Provider>> = {
  CPUExecutionProvider: 'cpu',
  CUDAExecutionProvider: 'cuda',
  WebGpuExecutionProvider: 'webgpu',
  CoreMLExecutionProvider: 'coreml',
  DmlExecutionProvider: 'dml',
};

interface ProfileEvent {
  readonly name: string;
  readonly args?: { readonly provider?: string };
}

/** How many nodes of a graph ran on each provider. */
export type NodesByProvider = Readonly<Record<Provider, number>>;

/**
 * Counts the nodes that each provider ran in an ONNX Runtime profile.
 *
 * onnxruntime-node has no call that tells which execution providers a session uses, and it silently puts on the CPU
 * what the one asked for cannot take. Its profile names the provider of every node that it ran, which settles it.
 *
 * @param folder holds the profile that `endProfiling` wrote, and nothing else.
 */
export const nodesByProvider = (folder: string): NodesByProvider => {
  const counts = Object.fromEntries(PROVIDERS.map((provider) => [provider, 0])) as Record<Provider, number>;
  const [file] = readdirSync(folder);
  if (file === undefined) return counts;
  const events = JSON.parse(readFileSync(join(folder, file), 'utf8')) as ProfileEvent[];
  const providerOfNode = new Map(
    events.map(({ name, args }) => [name, PROVIDER_OF_NAME[args?.provider ?? '']] as const),
  );
  for (const provider of providerOfNode.values()) if (provider !== undefined) counts[provider] += 1;
  return counts;
};
