import { AbortError } from '@mien/contract';
import type { DeviceInUse } from '../runtime/runner.ts';
import type { Answer, Jobs, Message } from './jobs.ts';
import { unpackError } from './unpack-error.ts';
import { WorkerCrashedError, WorkerStartError } from './worker-errors.ts';

/** What a worker is asked to do. */
export interface JobRequest<Job extends keyof Jobs> {
  readonly job: Job;
  readonly task: Jobs[Job]['task'];
  /** What is moved to the worker instead of copied. */
  readonly transfer?: readonly Transferable[];
  readonly signal?: AbortSignal | undefined;
}

/** The page's end of a worker. */
export interface WorkerClient {
  /** Jobs that have no answer yet. */
  readonly pending: number;
  /** Where the worker computed when it answered last. */
  readonly device: DeviceInUse | undefined;
  /**
   * @throws {AbortError} as soon as the signal says so; a job that waits is skipped.
   * @throws {WorkerStartError} when the worker has not started.
   * @throws {WorkerCrashedError} when it ended.
   * @throws what the job throws, and what posting throws.
   */
  run<Job extends keyof Jobs>(request: JobRequest<Job>): Promise<Jobs[Job]['value']>;
  /** Ends the worker at once. */
  terminate(): void;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

const createWorker = (): Worker => {
  try {
    // Bundlers look for this very form.
    return new Worker(new URL('./recognizer-worker.js', import.meta.url), { type: 'module' });
  } catch (cause) {
    throw new WorkerStartError((cause as Error).message, { cause });
  }
};

/** Calls `abort` once when the signal aborts. @returns what ends the listening. */
const onAbort = (signal: AbortSignal | undefined, abort: () => void): (() => void) => {
  signal?.addEventListener('abort', abort, { once: true });
  return () => signal?.removeEventListener('abort', abort);
};

/**
 * Starts the worker that recognizes.
 *
 * @throws {WorkerStartError} when the browser refuses at once; where it finds out later, the first job fails with it.
 */
export const startWorker = (): WorkerClient => {
  const worker = createWorker();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let device: DeviceInUse | undefined;
  let failure: Error | undefined;
  let hasAnswered = false;

  const post = (message: Message, transfer: readonly Transferable[] = []): void =>
    worker.postMessage(message, { transfer: [...transfer] });
  const fail = (error: Error): void => {
    failure = error;
    worker.terminate();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    hasAnswered = true;
    device = data.device ?? device;
    const job = waiting.get(data.id);
    waiting.delete(data.id);
    if ('failure' in data) job?.reject(unpackError(data.failure));
    else job?.resolve(data.value as never);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    const reason = (event as Partial<ErrorEvent>).message ?? '';
    fail(hasAnswered ? new WorkerCrashedError(reason) : new WorkerStartError(reason));
  });
  worker.addEventListener('messageerror', () => fail(new WorkerCrashedError('its answer cannot be read')));

  const run = <Job extends keyof Jobs>({ job, task, transfer = [], signal }: JobRequest<Job>) =>
    new Promise<Jobs[Job]['value']>((resolve, reject) => {
      if (failure !== undefined) throw failure;
      if (signal?.aborted === true) throw new AbortError(signal.reason);
      const id = ++lastId;
      post({ id, job, task } as Message, transfer);
      const listening = onAbort(signal, () => {
        waiting.delete(id);
        post({ cancel: id });
        reject(new AbortError(signal?.reason));
      });
      waiting.set(id, {
        resolve: (value) => {
          listening();
          resolve(value);
        },
        reject: (error) => {
          listening();
          reject(error);
        },
      });
    });
  return {
    get pending() {
      return waiting.size;
    },
    get device() {
      return device;
    },
    run,
    terminate: () => fail(new WorkerCrashedError('it was closed')),
  };
};
