import { MienError, type ModelCard } from '@mien/contract';
import { runSelfTest, type RunGraph } from '@mien/pipeline';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { DeviceUnavailableError, type Device, type DeviceInUse } from './device.ts';
import { InvalidModelError } from './invalid-model-error.ts';
import { nodesByDevice, type NodesByDevice } from './observe-provider.ts';

/** What it takes to run a model. */
export interface SessionParams {
  readonly model: Uint8Array;
  readonly card: ModelCard;
  readonly device: Device;
  /** Threads inside one run, on the CPU. */
  readonly threads: number;
}

/** A model that is ready and has passed its self-test on the device in use. */
export interface OpenSession {
  readonly runGraph: RunGraph;
  readonly device: DeviceInUse;
  /** The largest difference between the self-test's probabilities and the card's. */
  readonly selfTestDifference: number;
}

// The runtime's own log lines say again, in colour and less clearly, what the errors raised here say.
env.logLevel = 'fatal';

/** What the runtime said, without the places in its C++ sources. */
const runtimeReason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replaceAll(/\s+/gu, ' ')
    .replace(/^\/onnxruntime_src\/.* was false\. /u, '')
    .trim()
    .replace(/\.$/u, '');

const createSession = (
  { model, threads }: SessionParams,
  device: Device,
  profileFolder?: string,
): Promise<InferenceSession> =>
  InferenceSession.create(model, {
    executionProviders: [device],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Threads that spin while they wait would burn whole cores between two requests.
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    ...(profileFolder === undefined
      ? {}
      : { enableProfiling: true, profileFilePrefix: join(profileFolder, 'profile') }),
  });

/** Asks for the card's output alone: a graph may have further heads, and their tensors would be copied for nothing. */
const toRunGraph = (session: InferenceSession, { graph }: ModelCard): RunGraph => {
  const { name } = graph.output;
  // Where the graph does not have it, the one who reads the outputs says so, and which there are.
  const fetches = session.outputNames.includes(name) ? [name] : session.outputNames;
  return async (inputs) => {
    const feeds = Object.entries(inputs).map(
      ([name, { data, dims }]) => [name, new Tensor('float32', data, dims)] as const,
    );
    const outputs = await session.run(Object.fromEntries(feeds), fetches);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { data, dims }]) => [name, { data: data as Float32Array, dims }]),
    );
  };
};

/** Tells a device that does not work from a model that no device can load. */
const blame = async (params: SessionParams, error: unknown): Promise<MienError> => {
  const reason = runtimeReason(error);
  if (params.device === 'cpu') return new InvalidModelError(reason);
  try {
    await (await createSession(params, 'cpu')).release();
  } catch (cpuError) {
    return new InvalidModelError(runtimeReason(cpuError));
  }
  return new DeviceUnavailableError(params.device, reason);
};

/** A folder for one profile; none where temporary files cannot be written. */
const makeProfileFolder = (): string | undefined => {
  try {
    return mkdtempSync(join(tmpdir(), 'mien-profile-'));
  } catch {
    return undefined;
  }
};

const toDeviceInUse = (requested: Device, nodes: NodesByDevice): DeviceInUse => {
  const total = nodes.cpu + nodes.cuda + nodes.webgpu;
  if (nodes[requested] === 0) {
    throw new DeviceUnavailableError(requested, `the runtime put all ${total} nodes of the graph on the CPU`);
  }
  return nodes[requested] === total
    ? { requested, provider: requested }
    : {
        requested,
        provider: requested,
        note: `${total - nodes[requested]} of ${total} nodes run on the CPU`,
      };
};

const deviceInUse = (
  requested: Device,
  session: InferenceSession,
  profileFolder: string | undefined,
): DeviceInUse => {
  if (requested === 'cpu') return { requested, provider: requested };
  if (profileFolder === undefined) {
    const note = `not verified: no profile could be written to ${tmpdir()}`;
    return { requested, provider: requested, note };
  }
  session.endProfiling();
  return toDeviceInUse(requested, nodesByDevice(profileFolder));
};

/**
 * Loads a model on a device, runs its golden self-test there, and finds out which provider ran it.
 *
 * On the CPU there is no other provider that could; elsewhere the session is profiled during the self-test
 * (see {@link nodesByDevice}) and no longer.
 *
 * @throws {InvalidModelError} when the graph cannot be loaded or run at all.
 * @throws {DeviceUnavailableError} when the device cannot run it.
 * @throws {GoldenMismatchError} when the outputs are not those of the card.
 * @throws {InvalidGraphOutputError} when they do not have the card's shape.
 */
export const openSession = async (params: SessionParams): Promise<OpenSession> => {
  const { card, device } = params;
  const profileFolder = device === 'cpu' ? undefined : makeProfileFolder();
  try {
    const session = await createSession(params, device, profileFolder);
    const runGraph = toRunGraph(session, card);
    const selfTestDifference = await runSelfTest({ card, runGraph });
    return { runGraph, device: deviceInUse(device, session, profileFolder), selfTestDifference };
  } catch (error) {
    throw error instanceof MienError ? error : await blame(params, error);
  } finally {
    if (profileFolder !== undefined) rmSync(profileFolder, { recursive: true, force: true });
  }
};
