import { runSelfTest, type RunGraph } from '@mien/pipeline';
import type { DeviceInUse } from '../classifier.ts';
import { openWasmRunner } from './open-wasm-runner.ts';
import { openWebgpuRunner } from './open-webgpu-runner.ts';
import type { RequestedDevice, Runner, RunnerParams } from './runner.ts';
import { isSoftware, nameOf, requestAdapter } from './webgpu-device.ts';

/** A graph on the best device there is; on WebAssembly once that fails. */
export interface Device {
  readonly runGraph: RunGraph;
  inUse(): DeviceInUse;
  /** Waits for runs under way, then frees graph and device. */
  close(): Promise<void>;
}

interface Choice {
  readonly inUse: Omit<DeviceInUse, 'requested'>;
  readonly runner: Runner;
}

/** Says in one line why WebGPU is not in use. */
const noteOf = (error: unknown): string =>
  `WebGPU failed, computing on WebAssembly instead: ${error instanceof Error ? error.message : String(error)}`;

/** @throws what the self-test throws, after closing the runner. */
const proven = async (runner: Runner, { card }: RunnerParams): Promise<Runner> => {
  try {
    await runSelfTest({ card, runGraph: runner.runGraph });
    return runner;
  } catch (error) {
    await runner.close();
    throw error;
  }
};

const chooseWasm = async (params: RunnerParams, note?: string): Promise<Choice> => ({
  inUse: note === undefined ? { provider: 'wasm' } : { provider: 'wasm', note },
  runner: await proven(await openWasmRunner(params), params),
});

const choose = async (requested: RequestedDevice, params: RunnerParams): Promise<Choice> => {
  if (requested === 'wasm') return chooseWasm(params);
  const adapter = await requestAdapter();
  if (adapter === undefined)
    return chooseWasm(params, 'This browser offers no WebGPU adapter, computing on WebAssembly instead.');
  if (requested === 'auto' && isSoftware(adapter)) {
    const note = `The WebGPU adapter (${nameOf(adapter)}) is a software one, computing on WebAssembly instead.`;
    return chooseWasm(params, note);
  }
  try {
    const runner = await proven(await openWebgpuRunner(params, adapter), params);
    return { inUse: { provider: 'webgpu' }, runner };
  } catch (error) {
    return chooseWasm(params, noteOf(error));
  }
};

/**
 * Loads a graph on the device that was asked for, proves it with the card's self-test, and falls back to WebAssembly
 * with a note where WebGPU is missing, fails, computes wrongly, or gets lost later on.
 *
 * @throws what WebAssembly itself fails with: `AssetError`, `RuntimeStartError` or `GoldenMismatchError`.
 * @throws the signal's reason when `signal` is aborted.
 */
export const openDevice = async ({
  requested,
  signal,
  ...params
}: RunnerParams & {
  readonly requested: RequestedDevice;
  readonly signal: AbortSignal | undefined;
}): Promise<Device> => {
  const first = await choose(requested, params);
  let inUse: DeviceInUse = { requested, ...first.inUse };
  let replacement: Promise<Choice> | undefined;

  const reopen = async (note: string): Promise<Choice> => {
    inUse = { requested, provider: 'wasm', note };
    await first.runner.close();
    return chooseWasm(params, note);
  };
  const runGraph: RunGraph = async (inputs) => {
    if (replacement !== undefined) return (await replacement).runner.runGraph(inputs);
    try {
      return await first.runner.runGraph(inputs);
    } catch (error) {
      if (first.inUse.provider === 'wasm') throw error;
      // Once, however many runs fail on the same GPU.
      replacement ??= reopen(noteOf(error));
      return (await replacement).runner.runGraph(inputs);
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
  return { runGraph, inUse: () => inUse, close };
};
