import { setTimeout as wait } from 'node:timers/promises';
import { driveLoad, type LoadParams } from './drive-load.ts';
import { startServed, type ServedProcess } from './served-process.ts';

/** What a server did under load. */
export interface LoadMeasurement {
  readonly workers: number;
  readonly clients: number;
  readonly requests: number;
  readonly imagesPerSecond: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  readonly errors: ReadonlyMap<string, number>;
  /** How late the server's event loop was: the worst p99 and the worst of all among the times it was asked. */
  readonly eventLoopDelayMs: { readonly p99: number; readonly max: number };
  /** Its resident memory while the load went on, MiB, at even times. */
  readonly memoryMiB: readonly number[];
}

const SAMPLE_EVERY_MS = 1000;

interface Sample {
  readonly memoryMiB: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const takeSample = async (server: ServedProcess): Promise<Sample> => {
  const metrics = await server.metrics();
  const delayMs = (quantile: string): number =>
    1000 * (metrics.get(`mien_event_loop_delay_seconds{quantile="${quantile}"}`) ?? NaN);
  return {
    memoryMiB: (metrics.get('process_resident_memory_bytes') ?? NaN) / 2 ** 20,
    p99Ms: delayMs('0.99'),
    maxMs: delayMs('1'),
  };
};

/** Samples a server at even times until `end` is aborted. */
const sampleUntil = async (server: ServedProcess, end: AbortSignal): Promise<Sample[]> => {
  const samples: Sample[] = [];
  while (!end.aborted) {
    await wait(SAMPLE_EVERY_MS, undefined, { signal: end }).catch(() => undefined);
    samples.push(await takeSample(server));
  }
  return samples;
};

/** The value below which a share of the sorted values lies. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** Starts a server with so many workers, puts it under load once it is warm, and measures both sides. */
export const measureLoad = async ({
  workers,
  clients,
  serveArgs = [],
  warmUp,
  ...load
}: Omit<LoadParams, 'url'> & {
  readonly workers: number;
  readonly serveArgs?: readonly string[];
  /** Requests before anything is measured. */
  readonly warmUp: number;
}): Promise<LoadMeasurement> => {
  await using server = await startServed(['--workers', `${workers}`, ...serveArgs]);
  const { url } = server;
  await driveLoad({ url, clients, images: load.images, until: { requests: warmUp } });
  await server.metrics();
  const end = new AbortController();
  const sampling = sampleUntil(server, end.signal);
  const { seconds, latenciesMs, errors } = await driveLoad({ url, clients, ...load });
  end.abort();
  const samples = await sampling;
  return {
    workers,
    clients,
    requests: latenciesMs.length + [...errors.values()].reduce((sum, count) => sum + count, 0),
    imagesPerSecond: latenciesMs.length / seconds,
    latencyMs: { p50: quantile(latenciesMs, 0.5), p99: quantile(latenciesMs, 0.99) },
    errors,
    eventLoopDelayMs: {
      p99: Math.max(...samples.map(({ p99Ms }) => p99Ms)),
      max: Math.max(...samples.map(({ maxMs }) => maxMs)),
    },
    memoryMiB: samples.map(({ memoryMiB }) => memoryMiB),
  };
};
