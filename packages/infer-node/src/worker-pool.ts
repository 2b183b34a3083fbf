import { MienError } from '@mien/contract';
import type { Reading } from '@mien/pipeline';
import { setMaxListeners } from 'node:events';
import { Piscina } from 'piscina';
import { AbortError } from './abort-error.ts';
import type { ClassifyTask, LoadReport, Outcome } from './classify-worker.ts';
import type { NamedImage } from './image-source.ts';
import type { SessionParams } from './open-session.ts';
import { unpackError } from './packed-error.ts';

/** A worker thread ended in the middle of a task. The pool has started another; the task can be tried again. */
export class WorkerCrashedError extends MienError {
  override readonly name = 'WorkerCrashedError';
  constructor(
    readonly image: string,
    override readonly cause: unknown,
  ) {
    super(`The worker thread ended while it classified ${image}. A new one has been started: try again.`);
  }
}

/** Threads that each hold the model, ready to run. */
export interface WorkerPool {
  /** How the model was loaded in each thread. */
  readonly reports: readonly LoadReport[];
  /** Pictures that were handed in and have no result yet. */
  readonly pending: number;
  /**
   * @throws {AbortError} as soon as the signal says so; a picture that waits is skipped, one that runs is left to end.
   * @throws {WorkerCrashedError} when the thread ended.
   */
  classify(image: NamedImage, signal: AbortSignal | undefined): Promise<Reading>;
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

const createThreads = (file: URL, workers: number, session: SessionParams): Piscina => {
  const threads = new Piscina({
    filename: file.href,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: TASKS_PER_WORKER,
    workerData: session,
    // Threads start with the process's own flags; this one says what `node --eval` is given, and is refused by them.
    execArgv: process.execArgv.filter((flag) => !flag.startsWith('--input-type')),
  });
  // A thread that fails without a task is replaced; without a listener the event would end the process.
  threads.on('error', () => undefined);
  return threads;
};

/** Loads the model in every thread: as many tasks as threads, at once, go to an idle thread each. */
const loadEverywhere = (threads: Piscina, workers: number): Promise<LoadReport[]> => {
  const load = async (): Promise<LoadReport> =>
    valueOf((await threads.run(undefined, { name: 'load' })) as Outcome<LoadReport>);
  return Promise.all(Array.from({ length: workers }, load));
};

const toPool = (threads: Piscina, reports: readonly LoadReport[]): WorkerPool => {
  const pending = new Set<Promise<unknown>>();
  const run = async (task: ClassifyTask): Promise<Reading> => {
    const result = threads.run(task, { name: 'classify' }) as Promise<Outcome<Reading>>;
    pending.add(result);
    try {
      return valueOf(
        await result.catch((error: unknown) => {
          throw new WorkerCrashedError(task.image.name, error);
        }),
      );
    } finally {
      pending.delete(result);
    }
  };
  return {
    reports,
    get pending() {
      return pending.size;
    },
    classify: async (image, signal) => {
      if (signal === undefined) return run({ image });
      if (signal.aborted) throw new AbortError(signal.reason);
      const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      return untilAborted(run({ image, cancelled }), signal, cancelled);
    },
    close: async () => {
      await Promise.allSettled(pending);
      await threads.destroy();
    },
  };
};

const CLASSIFY_WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './classify-worker.ts' : './classify-worker.js',
  import.meta.url,
);

/**
 * Starts threads and loads the model in every one of them.
 *
 * @param file the worker's module; it exports `load` and `classify`.
 * @throws what loading the model throws; the threads are ended then.
 */
export const startWorkerPool = async ({
  session,
  workers,
  file = CLASSIFY_WORKER,
}: {
  readonly session: SessionParams;
  readonly workers: number;
  readonly file?: URL;
}): Promise<WorkerPool> => {
  const threads = createThreads(file, workers, session);
  try {
    return toPool(threads, await loadEverywhere(threads, workers));
  } catch (error) {
    await threads.destroy();
    throw error;
  }
};
