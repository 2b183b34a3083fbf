import { runTask, taskCount, type Job, type ThreadContext } from './jobs.ts';

/** Places in the control block; all are 32-bit integers, accessed atomically. */
const GENERATION = 0;
const IS_OPEN = 1;
const ACTIVE = 2;
const NEXT = 3;
const DONE = 4;
const TOTAL = 5;
const FAILED = 6;
const JOB_BYTES = 7;
const HEADER_INTS = 8;
const BOARD_BYTES = 4096;

/** A task of a shared job failed on some thread. */
const TASK_FAILED = 'A task failed on a compute thread.';

/** Nothing that is shared out takes nearly as long; a thread that was killed would be waited for forever. */
const PATIENCE_MS = 120_000;

/** Makes the memory of a {@link JobBoard}. */
export const createBoardMemory = (): SharedArrayBuffer => new SharedArrayBuffer(BOARD_BYTES);

/**
 * Where one thread posts jobs and all threads take tasks from. Nobody waits but the one who posted: it works too, so
 * that a job is done even if no other thread is there (yet).
 */
export class JobBoard {
  readonly #control: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.#control = new Int32Array(memory);
    this.#bytes = new Uint8Array(memory, HEADER_INTS * Int32Array.BYTES_PER_ELEMENT);
  }

  /** Posts a job, works on it, and returns when it is done. @throws when a task failed. */
  complete(job: Job, context: ThreadContext): void {
    const control = this.#control;
    // A thread that woke late may still be reading the last job.
    Atomics.store(control, IS_OPEN, 0);
    for (let active; (active = Atomics.load(control, ACTIVE)) > 0;) Atomics.wait(control, ACTIVE, active);
    const total = taskCount(job);
    const { written } = new TextEncoder().encodeInto(JSON.stringify(job), this.#bytes);
    for (const [place, value] of [
      [NEXT, 0],
      [DONE, 0],
      [FAILED, 0],
      [TOTAL, total],
      [JOB_BYTES, written],
    ] as const) {
      Atomics.store(control, place, value);
    }
    Atomics.store(control, IS_OPEN, 1);
    Atomics.add(control, GENERATION, 1);
    Atomics.notify(control, GENERATION);
    this.#takeTasks(job, () => context);
    for (;;) {
      const done = Atomics.load(control, DONE);
      if (done === total) break;
      if (Atomics.wait(control, DONE, done, PATIENCE_MS) === 'timed-out') throw new Error(TASK_FAILED);
    }
    if (Atomics.load(control, FAILED) !== 0) throw new Error(TASK_FAILED);
  }

  /** Works on every job that is posted, forever. */
  serve(context: () => ThreadContext): never {
    const control = this.#control;
    let seen = 0;
    for (;;) {
      Atomics.wait(control, GENERATION, seen);
      seen = Atomics.load(control, GENERATION);
      Atomics.add(control, ACTIVE, 1);
      if (Atomics.load(control, IS_OPEN) === 1) this.#takeTasks(this.#readJob(), context);
      Atomics.sub(control, ACTIVE, 1);
      Atomics.notify(control, ACTIVE);
    }
  }

  #readJob(): Job {
    const bytes = this.#bytes.slice(0, Atomics.load(this.#control, JOB_BYTES));
    return JSON.parse(new TextDecoder().decode(bytes)) as Job;
  }

  #takeTasks(job: Job, context: () => ThreadContext): void {
    const control = this.#control;
    const total = Atomics.load(control, TOTAL);
    for (;;) {
      const task = Atomics.add(control, NEXT, 1);
      if (task >= total) return;
      try {
        runTask(job, task, context());
      } catch {
        Atomics.store(control, FAILED, 1);
      }
      Atomics.add(control, DONE, 1);
      Atomics.notify(control, DONE);
    }
  }
}
