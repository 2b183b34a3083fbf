import { MienError } from '@mien/contract';
import type { RunGraph } from '@mien/pipeline';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { InvalidModelError } from '../model/invalid-model-error.ts';
import { DeviceUnavailableError, type Provider } from './device.ts';
import { nodesByProvider, type NodesByProvider } from './observe-provider.ts';

/** What it takes to run a graph. */
export interface SessionParams {
  /** The ONNX file. Memory that threads share is fine. */
  readonly model: Uint8Array;
  /** The one output that is wanted: a graph may have others, and their tensors would be copied for nothing. */
  readonly output: string;
  readonly device: Provider;
  /** Threads inside one run, on the CPU. */
  readonly threads: number;
  /** Runs the graph on inputs whose outputs are known. @returns the largest difference from them. */
  readonly selfTest: (runGraph: RunGraph) => Promise<number>;
}

/** A graph that is ready and has passed its self-test on the device in use. */
export interface OpenSession {
  readonly runGraph: RunGraph;
  /** What is worth knowing of how the device runs it. */
  readonly note: string | undefined;
  /** The largest difference between the self-test's outputs and the known ones. */
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

/** The runtime takes no shared memory: what is shared is copied for as long as it reads. */
const ownBytes = (model: Uint8Array): Uint8Array =>
  model.buffer instanceof ArrayBuffer ? model : Uint8Array.from(model);

const createSession = (
  { model, threads }: SessionParams,
  device: Provider,
  profileFolder?: string,
): Promise<InferenceSession> =>
  InferenceSession.create(ownBytes(model), {
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

const toRunGraph = (session: InferenceSession, output: string): RunGraph => {
  // Where the graph does not have it, the one who reads the outputs says so, and which there are.
  const fetches = session.outputNames.includes(output) ? [output] : session.outputNames;
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

const noteOf = (device: Provider, nodes: NodesByProvider): string | undefined => {
  const total = Object.values(nodes).reduce((sum, count) => sum + count, 0);
  if (nodes[device] === 0)
    throw new DeviceUnavailableError(device, `the runtime put all ${total} nodes of the graph on the CPU`);
  return nodes[device] === total ? undefined : `${total - nodes[device]} of ${total} nodes run on the CPU`;
};

const observe = (
  device: Provider,
  session: InferenceSession,
  profileFolder: string | undefined,
): string | undefined => {
  if (device === 'cpu') return undefined;
  if (profileFolder === undefined) return `not verified: no profile could be written to ${tmpdir()}`;
  session.endProfiling();
  return noteOf(device, nodesByProvider(profileFolder));
};

/**
 * Loads a graph on a device, runs its self-test there, and finds out which provider ran it.
 *
 * On the CPU there is no other provider that could; elsewhere the session is profiled during the self-test
 * (see {@link nodesByProvider}) and no longer.
 *
 * @throws {InvalidModelError} when the graph cannot be loaded or run at all.
 * @throws {DeviceUnavailableError} when the device cannot run it.
 * @throws what the self-test throws: `GoldenMismatchError` when the outputs are not the known ones.
 */
export const openSession = async (params: SessionParams): Promise<OpenSession> => {
  const { device, output, selfTest } = params;
  const profileFolder = device === 'cpu' ? undefined : makeProfileFolder();
  try {
    const session = await createSession(params, device, profileFolder);
    const runGraph = toRunGraph(session, output);
    const selfTestDifference = await selfTest(runGraph);
    return { runGraph, note: observe(device, session, profileFolder), selfTestDifference };
  } catch (error) {
    throw error instanceof MienError ? error : await blame(params, error);
  } finally {
    if (profileFolder !== undefined) rmSync(profileFolder, { recursive: true, force: true });
  }
};
