import { openWasmRunner } from './open-wasm-runner.ts';
import { openWebgpuRunner } from './open-webgpu-runner.ts';
import type {
  DeviceInUse,
  GraphFile,
  RequestedDevice,
  Runner,
  RunnerParams,
  RunNamedGraph,
} from './runner.ts';
import { isSoftware, nameOf, requestAdapter } from './webgpu-device.ts';

/** Graphs on the best device there is; on WebAssembly once that fails. */
export interface Device<Name extends string> {
  readonly run: RunNamedGraph<Name>;
  /** The largest difference that the self-tests found when the device was opened. */
  readonly selfTestDifference: number;
  inUse(): DeviceInUse;
  /** Waits for runs under way, then frees graphs and device. */
  close(): Promise<void>;
}

interface Proven<Name extends string> {
  readonly runner: Runner<Name>;
  readonly selfTestDifference: number;
}

interface Choice<Name extends string> extends Proven<Name> {
  readonly inUse: Omit<DeviceInUse, 'requested'>;
}

/** Says in one line why WebGPU is not in use. */
const noteOf = (error: unknown): string =>
  `WebGPU failed, computing on WebAssembly instead: ${error instanceof Error ? error.message : String(error)}`;

/** @throws what a self-test throws, after closing the runner. */
const prove = async <Name extends string>(
  runner: Runner<Name>,
  { graphs }: RunnerParams<Name>,
): Promise<Proven<Name>> => {
  try {
    let selfTestDifference = 0;
    for (const [name, { selfTest }] of Object.entries(graphs) as [Name, GraphFile][]) {
      const difference = await selfTest((inputs) => runner.run(name, inputs));
      selfTestDifference = Math.max(selfTestDifference, difference);
    }
    return { runner, selfTestDifference };
  } catch (error) {
    await runner.close();
    throw error;
  }
};

const chooseWasm = async <Name extends string>(
  params: RunnerParams<Name>,
  note?: string,
): Promise<Choice<Name>> => ({
  inUse: note === undefined ? { provider: 'wasm' } : { provider: 'wasm', note },
  ...(await prove(await openWasmRunner(params), params)),
});

const choose = async <Name extends string>(
  requested: RequestedDevice,
  params: RunnerParams<Name>,
): Promise<Choice<Name>> => {
  if (requested === 'wasm') return chooseWasm(params);
  const adapter = await requestAdapter();
  if (adapter === undefined)
    return chooseWasm(params, 'This browser offers no WebGPU adapter, computing on WebAssembly instead.');
  if (requested === 'auto' && isSoftware(adapter)) {
    const note = `The WebGPU adapter (${nameOf(adapter)}) is a software one, computing on WebAssembly instead.`;
    return chooseWasm(params, note);
  }
  try {
    const proven = await prove(await openWebgpuRunner(params, adapter), params);
    return { inUse: { provider: 'webgpu' }, ...proven };
  } catch (error) {
    return chooseWasm(params, noteOf(error));
  }
};

/**
 * Loads graphs on the device that was asked for, proves each with its self-test, and falls back to WebAssembly with a
 * note where WebGPU is missing, fails, computes wrongly, or gets lost later on.
 *
 * @throws what WebAssembly itself fails with: `AssetError`, `RuntimeStartError` or `GoldenMismatchError`.
 * @throws the signal's reason when `signal` is aborted.
 */
export const openDevice = async <Name extends string>({
  requested,
  signal,
  ...params
}: RunnerParams<Name> & {
  readonly requested: RequestedDevice;
  readonly signal?: AbortSignal | undefined;
}): Promise<Device<Name>> => {
  const first = await choose(requested, params);
  let inUse: DeviceInUse = { requested, ...first.inUse };
  let replacement: Promise<Choice<Name>> | undefined;

  const reopen = async (note: string): Promise<Choice<Name>> => {
    inUse = { requested, provider: 'wasm', note };
    await first.runner.close();
    return chooseWasm(params, note);
  };
  const run: RunNamedGraph<Name> = async (name, inputs) => {
    if (replacement !== undefined) return (await replacement).runner.run(name, inputs);
    try {
      return await first.runner.run(name, inputs);
    } catch (error) {
      if (first.inUse.provider === 'wasm') throw error;
      // Once, however many runs fail on the same GPU.
      replacement ??= reopen(noteOf(error));
      return (await replacement).runner.run(name, inputs);
    }
  };
  const close = async (): Promise<void> => {
    const choice = replacement === undefined ? first : await replacement.catch(() => undefined);
    await choice?.runner.close();
  };

  if (signal?.aborted === true) {
    await close();
    signal.throwIfAborted();
  }
  return { run, selfTestDifference: first.selfTestDifference, inUse: () => inUse, close };
};
