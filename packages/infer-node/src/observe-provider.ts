import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from './device.ts';

const DEVICE_OF_PROVIDER: Readonly<Record<string, Device>> = {
  CPUExecutionProvider: 'cpu',
  CUDAExecutionProvider: 'cuda',
  WebGpuExecutionProvider: 'webgpu',
};

interface ProfileEvent {
  readonly name: string;
  readonly args?: { readonly provider?: string };
}

/** How many nodes of a graph ran on each device. */
export type NodesByDevice = Readonly<Record<Device, number>>;

/**
 * Counts the nodes that each device ran in an ONNX Runtime profile.
 *
 * onnxruntime-node has no call that tells which execution providers a session uses, and it silently puts on the CPU
 * what the one asked for cannot take. Its profile names the provider of every node that it ran, which settles it.
 *
 * @param folder holds the profile that `endProfiling` wrote, and nothing else.
 */
export const nodesByDevice = (folder: string): NodesByDevice => {
  const [file] = readdirSync(folder);
  const counts = { cpu: 0, cuda: 0, webgpu: 0 };
  if (file === undefined) return counts;
  const events = JSON.parse(readFileSync(join(folder, file), 'utf8')) as ProfileEvent[];
  const deviceOfNode = new Map(
    events.map(({ name, args }) => [name, DEVICE_OF_PROVIDER[args?.provider ?? '']] as const),
  );
  for (const device of deviceOfNode.values()) if (device !== undefined) counts[device] += 1;
  return counts;
};
