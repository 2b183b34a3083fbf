import type { MienError } from '@mien/contract';
import { QueueFullError } from './queue-full-error.ts';
import type { Jobs } from './workers/jobs.ts';
import type { JobRequest, WorkerPool } from './workers/worker-pool.ts';

/** What is handed in. */
export interface IntakeRequest<Job extends keyof Jobs> extends JobRequest<Job> {
  /** True where the caller itself sees to it that not too many are under way. */
  readonly paced?: boolean;
}

/** The one door to the workers: it refuses what is too much or comes too late. */
export interface Intake {
  /** What was handed in and has no result yet. */
  readonly pending: number;
  /**
   * @throws {QueueFullError} when as many as the limit have no result yet.
   * @throws what `closedError` makes, after `close`; and what the pool throws.
   */
  hand<Job extends keyof Jobs>(request: IntakeRequest<Job>): Promise<Jobs[Job]['value']>;
  /** Refuses everything new, waits for what was handed in, and ends the threads. Closing twice is fine. */
  close(): Promise<void>;
}

/** Opens the way to a pool of workers. */
export const openIntake = (
  pool: WorkerPool,
  { queueLimit, closedError }: { readonly queueLimit: number; readonly closedError: () => MienError },
): Intake => {
  let closing: Promise<void> | undefined;
  return {
    get pending() {
      return pool.pending;
    },
    hand: async ({ paced = false, ...request }) => {
      if (closing !== undefined) throw closedError();
      if (!paced && pool.pending >= queueLimit) throw new QueueFullError(queueLimit);
      return pool.run(request);
    },
    close: () => (closing ??= pool.close()),
  };
};
