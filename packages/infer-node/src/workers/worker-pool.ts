import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { AbortError } from '@mien/contract';
import { DeviceUnavailableError, type Provider } from '../session/device.ts';
import type { Jobs, LoadReport, Outcome, Posted, WorkerSetup } from './jobs.ts';
import { unpackError } from './unpack-error.ts';
import { WorkerCrashedError } from './worker-crashed-error.ts';

/** A task that can be posted. */
export interface Prepared<Task> {
  /** What errors call it. */
  readonly name: string;
  readonly task: Task;
  /** Those of its buffers that are moved, not copied. */
  readonly transfer: readonly ArrayBuffer[];
}

/** What the pool is asked to do. */
export interface JobRequest<Job extends keyof Jobs> {
  readonly job: Job;
  /** Brings the task into the form that workers take; it counts as pending from the beginning. */
  readonly prepare: () => Promise<Prepared<Jobs[Job]['task']>>;
  readonly signal?: AbortSignal | undefined;
}

/** Threads that each hold the graphs, ready to run. */
export interface WorkerPool {
  /** How the graphs were loaded in each thread. */
  readonly reports: readonly LoadReport[];
  /** How many pictures keep all threads busy: one runs in each while another is decoded. */
  readonly capacity: number;
  /** Tasks that were handed in and have no result yet. */
  readonly pending: number;
  /**
   * @throws {AbortError} as soon as the signal says so; a task that waits is skipped, one that runs is left to end.
   * @throws {WorkerCrashedError} when the thread ended.
   * @throws what `prepare` and the job throw.
   */
  run<Job extends keyof Jobs>(request: JobRequest<Job>): Promise<Jobs[Job]['value']>;
  /** Waits for what was handed in, then ends the threads. */
  close(): Promise<void>;
}

const valueOf = <Value>(outcome: Outcome<Value>): Value => {
  if ('failure' in outcome) throw unpackError(outcome.failure);
  return outcome.value;
};

/** Rejects as soon as the signal aborts, and then says so to the worker through `flag`. */
const untilAborted = async <Value>(
  task: Promise<Value>,
  signal: AbortSignal,
  flag: Int32Array,
): Promise<Value> => {
  // One signal may well cover more pictures than the ten listeners over which Node warns of a leak.
  setMaxListeners(0, signal);
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      Atomics.store(flag, 0, 1);
      reject(new AbortError(signal.reason));
    };
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([task, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

// Two pictures at a time for each thread: one is decoded, by sharp's own threads, while the other runs.
const TASKS_PER_WORKER = 2;

const createThreads = (file: URL, workers: number, setup: WorkerSetup): Piscina => {
  const threads = new Piscina({
    filename: file.href,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: TASKS_PER_WORKER,
    workerData: setup,
    // Threads start with the process's own flags; this one says what `node --eval` is given, and is refused by them.
    execArgv: process.execArgv.filter((flag) => !flag.startsWith('--input-type')),
  });
  // A thread that fails without a task is replaced; without a listener the event would end the process.
  threads.on('error', () => undefined);
  return threads;
};

/** Loads the graphs in every thread: as many tasks as threads, at once, go to an idle thread each. */
const loadEverywhere = (threads: Piscina, workers: number): Promise<LoadReport[]> => {
  const load = async (): Promise<LoadReport> =>
    valueOf((await threads.run(undefined, { name: 'load' })) as Outcome<LoadReport>);
  return Promise.all(Array.from({ length: workers }, load));
};

/** Gives up on a device that is not ready in time. */
const inTime = async <Value>(loaded: Promise<Value>, ms: number, device: Provider): Promise<Value> => {
  const done = new AbortController();
  const late = setTimeout(ms, undefined, { signal: done.signal }).then(() => {
    throw new DeviceUnavailableError(device, `it was not ready within ${ms / 1000} s`);
  });
  late.catch(() => undefined);
  loaded.catch(() => undefined);
  try {
    return await Promise.race([loaded, late]);
  } finally {
    done.abort();
  }
};

const runTask = async <Job extends keyof Jobs>(
  threads: Piscina,
  { job, prepare }: JobRequest<Job>,
  cancelled: Int32Array | undefined,
): Promise<Jobs[Job]['value']> => {
  const { name, task, transfer } = await prepare();
  const posted: Posted<Job> = { task, cancelled };
  const running = threads.run(posted, { name: job, transferList: [...transfer] }) as Promise<
    Outcome<Jobs[Job]['value']>
  >;
  const outcome = await running.catch((error: unknown) => {
    throw new WorkerCrashedError(name, error);
  });
  return valueOf(outcome);
};

const toPool = (threads: Piscina, reports: readonly LoadReport[]): WorkerPool => {
  const pending = new Set<Promise<unknown>>();
  const track = async <Value>(task: Promise<Value>): Promise<Value> => {
    pending.add(task);
    try {
      return await task;
    } finally {
      pending.delete(task);
    }
  };
  return {
    reports,
    capacity: TASKS_PER_WORKER * reports.length,
    get pending() {
      return pending.size;
    },
    run: async (request) => {
      const { signal } = request;
      if (signal === undefined) return track(runTask(threads, request, undefined));
      if (signal.aborted) throw new AbortError(signal.reason);
      const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      return untilAborted(track(runTask(threads, request, cancelled)), signal, cancelled);
    },
    close: async () => {
      await Promise.allSettled(pending);
      await threads.destroy();
    },
  };
};

const INFER_WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './infer-worker.ts' : './infer-worker.js',
  import.meta.url,
);

/**
 * Starts threads and loads the graphs in every one of them.
 *
 * @param file the worker's module; it exports `load` and the jobs.
 * @param withinMs how long loading may take.
 * @throws {DeviceUnavailableError} when it takes longer.
 * @throws what loading the graphs throws; the threads are ended then.
 */
export const startWorkerPool = async ({
  setup,
  workers,
  file = INFER_WORKER,
  withinMs,
}: {
  readonly setup: WorkerSetup;
  readonly workers: number;
  readonly file?: URL;
  readonly withinMs?: number;
}): Promise<WorkerPool> => {
  const threads = createThreads(file, workers, setup);
  const loaded = loadEverywhere(threads, workers);
  try {
    return toPool(threads, await (withinMs === undefined ? loaded : inTime(loaded, withinMs, setup.device)));
  } catch (error) {
    // A thread that is in the middle of a run ends after it: nobody has to wait for that.
    void threads.destroy();
    throw error;
  }
};
