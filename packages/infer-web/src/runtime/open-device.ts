import { runSelfTest, type RunGraph } from '@mien/pipeline';
import type { ClassifierDevice } from '../classifier.ts';
import { openWasmRunner } from './open-wasm-runner.ts';
import { openWebgpuRunner } from './open-webgpu-runner.ts';
import type { Provider, RequestedDevice, Runner, RunnerParams } from './runner.ts';
import { isSoftware, nameOf, requestAdapter } from './webgpu-device.ts';

/** A graph on the best device there is; on WebAssembly once that fails. */
export interface Device {
  readonly runGraph: RunGraph;
  status(): Omit<ClassifierDevice, 'requested'>;
  /** Waits for runs under way, then frees graph and device. */
  close(): Promise<void>;
}

interface Choice {
  readonly provider: Provider;
  readonly runner: Runner;
  readonly note: string | undefined;
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

const chooseWasm = async (params: RunnerParams, note: string | undefined): Promise<Choice> => ({
  provider: 'wasm',
  runner: await proven(await openWasmRunner(params), params),
  note,
});

const choose = async (requested: RequestedDevice, params: RunnerParams): Promise<Choice> => {
  if (requested === 'wasm') return chooseWasm(params, undefined);
  const adapter = await requestAdapter();
  if (adapter === undefined)
    return chooseWasm(params, 'This browser offers no WebGPU adapter, computing on WebAssembly instead.');
  if (requested === 'auto' && isSoftware(adapter)) {
    const note = `The WebGPU adapter (${nameOf(adapter)}) is a software one, computing on WebAssembly instead.`;
    return chooseWasm(params, note);
  }
  try {
    const runner = await proven(await openWebgpuRunner(params, adapter), params);
    return { provider: 'webgpu', runner, note: undefined };
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
  let current = choose(requested, params);
  let { provider, note } = await current;

  /** Replaces a GPU that has failed, once, however many runs it failed. */
  const replace = (failed: Choice, error: unknown): Promise<Choice> => {
    if (provider === 'wasm') return current;
    ({ provider, note } = { provider: 'wasm', note: noteOf(error) });
    current = failed.runner.close().then(() => chooseWasm(params, note));
    return current;
  };

  const runGraph: RunGraph = async (inputs) => {
    const choice = await current;
    try {
      return await choice.runner.runGraph(inputs);
    } catch (error) {
      if (choice.provider === 'wasm') throw error;
      return (await replace(choice, error)).runner.runGraph(inputs);
    }
  };
  const close = async (): Promise<void> => {
    const choice = await current.catch(() => undefined);
    await choice?.runner.close();
  };

  if (signal?.aborted === true) {
    await close();
    signal.throwIfAborted();
  }
  return { runGraph, status: () => ({ provider, note }), close };
};
