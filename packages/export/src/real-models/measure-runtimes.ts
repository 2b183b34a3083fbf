import * as tf from '@tensorflow/tfjs';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { Graph } from '../graph/graph.ts';
import type { ModelFiles } from '../read/model-files.ts';
import { openSession } from '../verify/open-session.ts';
import { randomInputs } from '../verify/random-inputs.ts';
import { toFeeds } from '../verify/run-graph.ts';
import { loadRunnable } from '../verify/run-model.ts';

const WARM_UPS = 3;

/** How often each runtime is timed. */
export const RUNS = 15;

/** Something that runs a model on fixed inputs, from numbers to numbers. */
interface Runner {
  readonly run: () => Promise<unknown>;
  readonly dispose: () => Promise<void> | void;
}

/** What is known of a runtime: its times, or why there are none. */
export type Latency =
  { readonly medianMs: number; readonly fastestMs: number } | { readonly problem: string };

/** The runtimes that are compared: onnxruntime with the converted graph, tfjs with the model itself. */
export const RUNTIMES = ['onnxruntime', 'tfjs wasm', 'tfjs native'] as const;

/** One of {@link RUNTIMES}. */
export type Runtime = (typeof RUNTIMES)[number];

const BACKENDS: Readonly<Record<Exclude<Runtime, 'onnxruntime'>, string>> = {
  'tfjs wasm': 'wasm',
  'tfjs native': 'tensorflow',
};

/** tfjs-node greets on the console. */
const quietly = async (load: () => Promise<unknown>): Promise<void> => {
  const { warn, log, info } = console;
  const silent = (): undefined => undefined;
  Object.assign(console, { warn: silent, log: silent, info: silent });
  try {
    await load();
  } finally {
    Object.assign(console, { warn, log, info });
  }
};

/**
 * Makes tfjs's backends available: WebAssembly (one thread, as always in Node), and native TensorFlow where it is
 * installed, held to one thread as well.
 */
export const startBackends = async (): Promise<void> => {
  process.env['TF_NUM_INTRAOP_THREADS'] = '1';
  process.env['TF_NUM_INTEROP_THREADS'] = '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const file = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(`${dirname(file)}${sep}`);
  await quietly(() => import('@tensorflow/tfjs-node')).catch(() => undefined);
};

const onOnnxRuntime = async (onnx: Uint8Array, inputs: ReturnType<typeof randomInputs>): Promise<Runner> => {
  const session = await openSession(onnx, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const feeds = toFeeds(inputs);
  return { run: () => session.run(feeds), dispose: () => session.release() };
};

const onTfjs = async (
  backend: string,
  files: ModelFiles,
  inputs: ReturnType<typeof randomInputs>,
): Promise<Runner> => {
  await tf.setBackend(backend);
  const model = await loadRunnable(files);
  const arrays = Object.values(inputs);
  return { run: () => model.run(arrays), dispose: () => model.dispose() };
};

/** The first line that says what is missing, in few words. */
const problemOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  const kernel = /Kernel '(\w+)' not registered/u.exec(message)?.[1];
  if (kernel !== undefined) return `no ${kernel}`;
  return (message.split('\n')[0] ?? '').slice(0, 60);
};

/** A runner that has run, or why it could not. */
type Candidate = { readonly runtime: Runtime } & ({ readonly runner: Runner } | { readonly problem: string });

const tryRuntime = async (runtime: Runtime, start: () => Promise<Runner>): Promise<Candidate> => {
  if (runtime === 'tfjs native' && tf.findBackendFactory(BACKENDS[runtime]) === null) {
    return { runtime, problem: 'not installed' };
  }
  try {
    const runner = await start();
    for (let run = 0; run < WARM_UPS; run++) await runner.run();
    return { runtime, runner };
  } catch (error) {
    return { runtime, problem: problemOf(error) };
  }
};

const median = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] as number;

const timed = async ({ run }: Runner): Promise<number> => {
  const started = performance.now();
  await run();
  return performance.now() - started;
};

/**
 * Times a converted graph on onnxruntime and its model on tfjs, in turns, so that what else the machine does meets all
 * alike: one thread each, one fixed random input.
 *
 * @param onnx the graph as a file.
 * @returns of {@link RUNS} runs the median and the fastest, which a busy machine disturbs less, for each runtime.
 */
export const measureRuntimes = async (
  files: ModelFiles,
  graph: Graph,
  onnx: Uint8Array,
): Promise<ReadonlyMap<Runtime, Latency>> => {
  const inputs = randomInputs(graph, 1);
  const candidates: Candidate[] = [];
  for (const runtime of RUNTIMES) {
    const start = (): Promise<Runner> =>
      runtime === 'onnxruntime' ? onOnnxRuntime(onnx, inputs) : onTfjs(BACKENDS[runtime], files, inputs);
    candidates.push(await tryRuntime(runtime, start));
  }
  const times = new Map<Runtime, number[]>(RUNTIMES.map((runtime) => [runtime, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const candidate of candidates) {
      if (!('runner' in candidate)) continue;
      if (candidate.runtime !== 'onnxruntime') await tf.setBackend(BACKENDS[candidate.runtime]);
      times.get(candidate.runtime)?.push(await timed(candidate.runner));
    }
  }
  const latencies = new Map<Runtime, Latency>();
  for (const candidate of candidates) {
    if (!('runner' in candidate)) latencies.set(candidate.runtime, { problem: candidate.problem });
    else {
      const all = times.get(candidate.runtime) ?? [];
      latencies.set(candidate.runtime, { medianMs: median(all), fastestMs: Math.min(...all) });
      await candidate.runner.dispose();
    }
  }
  return latencies;
};
