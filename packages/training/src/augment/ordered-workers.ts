import { Worker } from 'node:worker_threads';
import { MienError } from '@mien/contract';

/** A worker thread died or threw; the stream is of no more use. */
export class WorkerFailedError extends MienError {
  override readonly name = 'WorkerFailedError';
  constructor(reason: string, options?: ErrorOptions) {
    super(
      `A worker thread that prepares batches failed: ${reason}. Resume from the last checkpoint; ` +
        'if memory ran out, use fewer workers or smaller batches.',
      options,
    );
  }
}

/** A batch was asked of a stream that has been closed. */
export class StreamClosedError extends MienError {
  override readonly name = 'StreamClosedError';
  constructor() {
    super('The batch stream is closed. Create a new one, with firstStep where this one stopped.');
  }
}

/** How results are made. */
export interface OrderedWorkersOptions {
  /** The workers' module: for each number that it is posted, it posts back one {@link WorkerReply}. */
  readonly url: URL;
  /** Handed to every worker as `workerData`; shared memory stays shared. */
  readonly workerData: unknown;
  /** 1 or more. */
  readonly workers: number;
  /** Number of the first task; the others count up from it. */
  readonly firstTask: number;
  /** Tasks that are prepared beyond the one asked for. */
  readonly ahead: number;
}

/** What a worker posts for a task. */
export interface WorkerReply<Result> {
  readonly task: number;
  readonly result: Result;
}

interface Slot<Result> {
  readonly promise: Promise<Result>;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

const createSlot = <Result>(): Slot<Result> => {
  let resolve!: Slot<Result>['resolve'];
  let reject!: Slot<Result>['reject'];
  const promise = new Promise<Result>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  // A task that fails before anybody asks for it is reported by the next call instead.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
};

/**
 * Runs numbered tasks in worker threads, a bounded number ahead, and hands out the results in order. The workers keep
 * the process alive only while somebody waits for a result.
 */
export class OrderedWorkers<Result> {
  readonly #workers: readonly Worker[];
  readonly #slots = new Map<number, Slot<Result>>();
  readonly #ahead: number;
  #nextToPost: number;
  #nextToHandOut: number;
  #waiting = 0;
  #end: Error | undefined;

  constructor(options: OrderedWorkersOptions) {
    this.#ahead = options.ahead;
    this.#nextToPost = options.firstTask;
    this.#nextToHandOut = options.firstTask;
    this.#workers = Array.from({ length: options.workers }, () => this.#start(options));
    this.#postUpTo(options.firstTask + options.ahead);
  }

  /**
   * @returns the next task's result.
   * @throws {WorkerFailedError} when a worker has died, or failed at any task.
   * @throws {StreamClosedError} after {@link close}.
   */
  async next(): Promise<Result> {
    if (this.#end !== undefined) throw this.#end;
    const task = this.#nextToHandOut++;
    this.#postUpTo(this.#nextToHandOut + this.#ahead);
    if (this.#waiting++ === 0) for (const worker of this.#workers) worker.ref();
    try {
      return await (this.#slots.get(task) as Slot<Result>).promise;
    } finally {
      this.#slots.delete(task);
      if (--this.#waiting === 0) for (const worker of this.#workers) worker.unref();
    }
  }

  /** Ends the workers; whoever still waits gets a {@link StreamClosedError}. */
  async close(): Promise<void> {
    this.#finish(new StreamClosedError());
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start({ url, workerData }: OrderedWorkersOptions): Worker {
    const worker = new Worker(url, { workerData });
    worker.on('message', ({ task, result }: WorkerReply<Result>) => this.#slots.get(task)?.resolve(result));
    worker.on('error', (cause) => this.#finish(new WorkerFailedError(cause.message, { cause })));
    worker.on('exit', (code) => this.#finish(new WorkerFailedError(`it stopped with exit code ${code}`)));
    worker.unref();
    return worker;
  }

  #postUpTo(end: number): void {
    for (; this.#nextToPost < end; this.#nextToPost++) {
      this.#slots.set(this.#nextToPost, createSlot());
      this.#workers[this.#nextToPost % this.#workers.length]?.postMessage(this.#nextToPost);
    }
  }

  /** Ends the stream once: the first reason stays. */
  #finish(reason: Error): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    for (const slot of this.#slots.values()) slot.reject(reason);
  }
}
