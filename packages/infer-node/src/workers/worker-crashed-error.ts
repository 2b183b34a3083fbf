import { MienError } from '@mien/contract';

/** A worker thread ended in the middle of a task. The pool has started another; the task can be tried again. */
export class WorkerCrashedError extends MienError {
  override readonly name = 'WorkerCrashedError';
  constructor(
    /** What it worked on. */
    readonly task: string,
    override readonly cause: unknown,
  ) {
    super(`The worker thread ended while it worked on ${task}. A new one has been started: try again.`);
  }
}
