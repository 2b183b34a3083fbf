import { parentPort, workerData } from 'node:worker_threads';
import { createBatchMaker, type BatchPlan } from './batch-maker.ts';
import type { Batch } from './batch.ts';
import type { WorkerReply } from './ordered-workers.ts';

// The thread behind createBatchStream: for each step that it is posted, it makes the batch and gives its memory away.
const makeBatch = createBatchMaker(workerData as BatchPlan);

parentPort?.on('message', (step: number) => {
  const batch = makeBatch(step);
  const reply: WorkerReply<Batch> = { task: step, result: batch };
  parentPort?.postMessage(reply, [batch.pixels.buffer as ArrayBuffer, batch.targets.buffer as ArrayBuffer]);
});
