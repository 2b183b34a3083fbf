import type { MienError } from '@mien/contract';
import { packImage, type ImageSource } from './image/image-source.ts';
import { QueueFullError } from './queue-full-error.ts';
import type { ImageJobs, JobDetails } from './workers/jobs.ts';
import type { WorkerPool } from './workers/worker-pool.ts';

/** One picture and what it is handed in for. */
export interface IntakeRequest<Job extends keyof ImageJobs> {
  readonly job: Job;
  readonly image: ImageSource;
  readonly signal?: AbortSignal | undefined;
  readonly details?: JobDetails;
  /** True where the picture's bytes are moved to the worker instead of copied. */
  readonly transfer?: boolean | undefined;
  /** True where the caller itself sees to it that not too many are under way. */
  readonly paced?: boolean;
}

/** The one door to the workers: it refuses pictures that are too many or come too late. */
export interface Intake {
  readonly pending: number;
  /** How many pictures keep all threads busy. */
  readonly capacity: number;
  /**
   * @throws {QueueFullError} when as many as the limit have no result yet.
   * @throws what `closedError` makes, after `close`; and what the worker throws.
   */
  hand<Job extends keyof ImageJobs>(request: IntakeRequest<Job>): Promise<ImageJobs[Job]>;
  /** Refuses new pictures, waits for those handed in, and ends the threads. Closing twice is fine. */
  close(): Promise<void>;
}

/** Opens the way to a pool of workers. */
export const openIntake = (
  pool: WorkerPool,
  {
    queueLimit,
    maxBytes,
    closedError,
  }: { readonly queueLimit: number; readonly maxBytes: number; readonly closedError: () => MienError },
): Intake => {
  let closing: Promise<void> | undefined;
  return {
    get pending() {
      return pool.pending;
    },
    capacity: pool.capacity,
    hand: async ({ job, image, signal, details = {}, transfer = false, paced = false }) => {
      if (closing !== undefined) throw closedError();
      if (!paced && pool.pending >= queueLimit) throw new QueueFullError(queueLimit);
      return pool.run({
        job,
        pack: () => packImage(image, { maxBytes, signal, transfer }),
        details,
        signal,
      });
    },
    close: () => (closing ??= pool.close()),
  };
};
