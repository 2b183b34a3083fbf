import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { InputGeometry } from '@mien/pixels';
import { decodeJobs, type DecodeFailure, type DecodeJob } from './decode-jobs.ts';
import type { DecodeWorkerData, DecodeWorkerReply } from './decode-worker.ts';
import type { Picture } from './sample.ts';

/** Below this many pictures, starting threads takes longer than decoding. */
const WORTH_THREADS = 300;
const JOBS_PER_MESSAGE = 48;

/** Decoded pictures of one split, and which of them failed. */
export interface DecodedPictures {
  /** `[count, heightPx, widthPx, channels]` in shared memory; zeros where a picture failed. */
  readonly pixels: Uint8Array;
  /** Why pictures failed, by their index. */
  readonly failures: ReadonlyMap<number, string>;
}

interface DecodeParams {
  readonly jobs: readonly DecodeJob[];
  readonly buffers: readonly Uint8Array[];
  readonly geometry: InputGeometry;
  readonly onDone: (count: number) => void;
}

const chunksOf = (jobs: readonly DecodeJob[]): DecodeJob[][] => {
  const chunks: DecodeJob[][] = [];
  for (let at = 0; at < jobs.length; at += JOBS_PER_MESSAGE)
    chunks.push(jobs.slice(at, at + JOBS_PER_MESSAGE));
  return chunks;
};

const decodeHere = async ({ jobs, buffers, geometry, onDone }: DecodeParams): Promise<DecodeFailure[]> => {
  const failures: DecodeFailure[] = [];
  for (const chunk of chunksOf(jobs)) {
    failures.push(...(await decodeJobs(chunk, buffers, geometry)));
    onDone(chunk.length);
  }
  return failures;
};

/** Runs one thread until the shared queue of chunks is empty. */
const runWorker = (
  worker: Worker,
  queue: Iterator<DecodeJob[]>,
  onReply: (chunk: readonly DecodeJob[], reply: DecodeWorkerReply) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    let chunk: readonly DecodeJob[] = [];
    const next = (): void => {
      const { done, value } = queue.next();
      if (done === true) {
        resolve();
      } else {
        chunk = value;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage(chunk);
      }
    };
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`A decoding thread ended early, with code ${code}.`)));
    worker.on('message', (reply: DecodeWorkerReply) => {
      onReply(chunk, reply);
      next();
    });
    next();
  });

const decodeInThreads = async ({
  jobs,
  buffers,
  geometry,
  onDone,
}: DecodeParams): Promise<DecodeFailure[]> => {
  const failures: DecodeFailure[] = [];
  const chunks = chunksOf(jobs);
  const queue = chunks.values();
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const workers = Array.from(
    { length: Math.min(availableParallelism(), chunks.length) },
    () =>
      new Worker(new URL(`./decode-worker.${extension}`, import.meta.url), {
        workerData: { buffers, geometry } satisfies DecodeWorkerData,
      }),
  );
  try {
    await Promise.all(
      workers.map((worker) =>
        runWorker(worker, queue, (chunk, reply) => {
          failures.push(...reply.failures);
          onDone(chunk.length);
        }),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return failures;
};

/**
 * Decodes the pictures of several splits, on all cores where that pays.
 *
 * @param onProgress called now and then with the number of pictures done.
 */
export const decodePictures = async (params: {
  readonly splits: readonly (readonly Picture[])[];
  readonly geometry: InputGeometry;
  readonly onProgress: (done: number) => void;
}): Promise<DecodedPictures[]> => {
  const { splits, geometry, onProgress } = params;
  const bytesEach = geometry.widthPx * geometry.heightPx * geometry.channels;
  const buffers = splits.map(
    (pictures) => new Uint8Array(new SharedArrayBuffer(pictures.length * bytesEach)),
  );
  const jobs = splits.flatMap((pictures, buffer) =>
    pictures.map((picture, slot) => ({ buffer, slot, picture })),
  );
  let done = 0;
  const onDone = (count: number): void => onProgress((done += count));
  const decode = jobs.length < WORTH_THREADS ? decodeHere : decodeInThreads;
  const failures = await decode({ jobs, buffers, geometry, onDone });
  return buffers.map((pixels, buffer) => ({
    pixels,
    failures: new Map(
      failures.filter((failure) => failure.buffer === buffer).map(({ slot, reason }) => [slot, reason]),
    ),
  }));
};
