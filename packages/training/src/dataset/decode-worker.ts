import { parentPort, workerData } from 'node:worker_threads';
import type { InputGeometry } from '@mien/pixels';
import { decodeJobs, type DecodeFailure, type DecodeJob } from './decode-jobs.ts';

/** What a decoding thread is started with. */
export interface DecodeWorkerData {
  readonly buffers: readonly Uint8Array[];
  readonly geometry: InputGeometry;
}

/** What a decoding thread answers to a list of jobs. */
export interface DecodeWorkerReply {
  readonly failures: readonly DecodeFailure[];
}

const { buffers, geometry } = workerData as DecodeWorkerData;
const port = parentPort;
port?.on('message', (jobs: readonly DecodeJob[]) => {
  void decodeJobs(jobs, buffers, geometry).then((failures) =>
    port.postMessage({ failures } satisfies DecodeWorkerReply),
  );
});
