import { workerData } from 'node:worker_threads';
import { JobBoard } from './job-board.ts';
import { createMatrixKernels } from './matrix-kernels.ts';
import type { SharedMemory } from './web-assembly.ts';

// A compute thread: takes tasks from the board until its process ends.
const { board, memory } = workerData as {
  board: SharedArrayBuffer;
  memory: SharedMemory;
};
const kernels = createMatrixKernels(memory);
let floats = new Float32Array(memory.buffer);

new JobBoard(board).serve(() => {
  if (floats.length * 4 < memory.buffer.byteLength) floats = new Float32Array(memory.buffer);
  return { floats, kernels };
});
