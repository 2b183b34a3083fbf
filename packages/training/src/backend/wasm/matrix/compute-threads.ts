import { Worker } from 'node:worker_threads';
import { createBoardMemory, JobBoard } from './job-board.ts';
import { runTask, taskCount, type Job } from './jobs.ts';
import { createMatrixKernels, MAXIMUM_PAGES, type MatrixKernels } from './matrix-kernels.ts';
import { engine } from './web-assembly.ts';

const PAGE_BYTES = 65_536;
const FLOAT_BYTES = 4;
/** Places are multiples of a cache line, so that threads do not share one by accident. */
const ALIGNMENT_FLOATS = 16;

/** Multiplications, some tenths of a millisecond of them. */
const WORTH_SHARING = 2_000_000;

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './compute-worker.ts' : './compute-worker.js',
  import.meta.url,
);

/** Threads that compute on a memory of their own; operands are copied there and results back. */
export class ComputeThreads {
  readonly count: number;
  readonly #memory = new engine.Memory({ initial: 1, maximum: MAXIMUM_PAGES, shared: true });
  readonly #kernels: MatrixKernels;
  readonly #board: JobBoard;
  #floats: Float32Array;
  #used = 0;

  /** Starts `count - 1` threads beside the calling one. They do not keep the process alive. */
  constructor(count: number) {
    this.count = count;
    this.#kernels = createMatrixKernels(this.#memory);
    this.#floats = new Float32Array(this.#memory.buffer);
    const board = createBoardMemory();
    this.#board = new JobBoard(board);
    for (let thread = 1; thread < count; thread++) {
      const workerData = { board, memory: this.#memory };
      new Worker(WORKER, { workerData, stdin: false }).unref();
    }
  }

  /** The memory, as floats; another array after {@link ComputeThreads.reserve}. */
  get floats(): Float32Array {
    return this.#floats;
  }

  /** Frees everything and makes sure that so many floats can be taken, with some room to align them. */
  reserve(floats: number): void {
    this.#used = 0;
    const needed = (floats + 64 * ALIGNMENT_FLOATS) * FLOAT_BYTES - this.#memory.buffer.byteLength;
    if (needed > 0) this.#memory.grow(Math.ceil(needed / PAGE_BYTES));
    if (this.#floats.buffer !== this.#memory.buffer) this.#floats = new Float32Array(this.#memory.buffer);
  }

  /** Takes room for so many floats. @returns its place, in floats. */
  take(floats: number): number {
    const at = this.#used;
    this.#used += Math.ceil(floats / ALIGNMENT_FLOATS) * ALIGNMENT_FLOATS;
    return at;
  }

  /** Does a job: with all threads, or alone where waking them would take longer. */
  complete(job: Job, multiplications: number): void {
    const context = { floats: this.#floats, kernels: this.#kernels };
    if (this.count > 1 && multiplications > WORTH_SHARING) this.#board.complete(job, context);
    else for (let task = 0; task < taskCount(job); task++) runTask(job, task, context);
  }
}
