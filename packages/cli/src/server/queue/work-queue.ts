import { performance } from 'node:perf_hooks';
import { TooManyWaitingError } from '../problem/request-errors.ts';
import { ServiceTime } from './service-time.ts';

/** What a queue tells about each piece of work. */
export interface QueueObserver {
  /** It waited this long for its turn, seconds. */
  waited(seconds: number): void;
  /** It took this long, seconds, well or not. */
  served(seconds: number): void;
}

interface Job {
  readonly start: () => void;
  readonly queuedAtMs: number;
}

const MAX_RETRY_AFTER_SECONDS = 60;

/**
 * Where pictures wait for a worker: first come, first served, so many at once and no more, and only as many waiting as
 * is sensible. What is refused at once costs nearly nothing, and can be tried elsewhere; what waits too long is lost.
 */
export class WorkQueue {
  readonly #waiting = new Set<Job>();
  readonly #serviceTime = new ServiceTime();
  #running = 0;
  #concurrency = 0;

  constructor(
    private readonly params: {
      /** Pictures that may wait. */
      readonly limit: number;
      readonly observer: QueueObserver;
    },
  ) {}

  /** Lets so many pictures be at work at once; none are before. */
  open(concurrency: number): void {
    this.#concurrency = concurrency;
    this.#startNext();
  }

  /** Pictures that wait for their turn. */
  get depth(): number {
    return this.#waiting.size;
  }

  /** Pictures at work. */
  get running(): number {
    return this.#running;
  }

  /** Places that pictures can take now, at work or waiting. */
  get free(): number {
    return Math.max(0, this.#concurrency - this.#running) + this.params.limit - this.#waiting.size;
  }

  /** Seconds until as many more pictures should have a place, by what pictures took so far; a whole number from 1. */
  retryAfterSeconds(pictures: number): number {
    const ahead = Math.max(1, pictures - this.free);
    const seconds = (ahead * (this.#serviceTime.meanSeconds ?? 0)) / Math.max(1, this.#concurrency);
    return Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, Math.ceil(seconds)));
  }

  /**
   * Makes sure that so many pictures have a place now.
   *
   * @throws {TooManyWaitingError} when they do not.
   */
  requirePlaces(pictures: number): void {
    if (this.free < pictures)
      throw new TooManyWaitingError(this.#waiting.size, this.retryAfterSeconds(pictures));
  }

  /**
   * Does the work in its turn.
   *
   * @param signal ends the waiting at once; work that has begun is left to look at the signal itself.
   * @throws {TooManyWaitingError} when there is no place.
   * @throws the signal's reason when it ends the waiting; what the work throws.
   */
  async run<Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
    signal.throwIfAborted();
    this.requirePlaces(1);
    await this.#turn(signal);
    const startedAtMs = performance.now();
    try {
      return await work();
    } finally {
      const seconds = (performance.now() - startedAtMs) / 1000;
      this.#serviceTime.add(seconds);
      this.params.observer.served(seconds);
      this.#running -= 1;
      this.#startNext();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiting.delete(job);
        reject(signal.reason as Error);
      };
      const start = (): void => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      const job: Job = { start, queuedAtMs: performance.now() };
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.add(job);
      this.#startNext();
    });
  }

  #startNext(): void {
    for (const job of this.#waiting) {
      if (this.#running >= this.#concurrency) return;
      this.#waiting.delete(job);
      this.#running += 1;
      this.params.observer.waited((performance.now() - job.queuedAtMs) / 1000);
      job.start();
    }
  }
}
