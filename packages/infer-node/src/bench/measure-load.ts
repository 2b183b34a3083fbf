import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** What pictures under load came to. */
export interface LoadMeasurement {
  readonly images: number;
  readonly imagesPerSecond: number;
  /** From handing a picture in to its result, with `inFlight` pictures under way at a time. */
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  /** How late timers of the main thread came, at worst in 99 of 100 cases. */
  readonly eventLoopDelayMs: { readonly p99: number; readonly max: number };
  /** Resident memory after each tenth of the pictures. */
  readonly memoryMiB: readonly number[];
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/**
 * Sends pictures through a classifier or a recognizer as a busy server would, and measures it.
 *
 * @param work what is done with one picture.
 * @param pictures are sent in turn.
 * @param inFlight pictures that are under way at a time.
 */
export const measureLoad = async (
  work: (picture: Buffer) => Promise<unknown>,
  {
    pictures,
    images,
    inFlight,
  }: { readonly pictures: readonly Buffer[]; readonly images: number; readonly inFlight: number },
): Promise<LoadMeasurement> => {
  await Promise.all(pictures.map(work));
  const latencies: number[] = [];
  const memoryMiB: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    for (let picture = next++; picture < images; picture = next++) {
      const started = performance.now();
      await work(pictures[picture % pictures.length] as Buffer);
      latencies.push(performance.now() - started);
      if (latencies.length % Math.ceil(images / 10) === 0)
        memoryMiB.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
    }
  };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  await Promise.all(Array.from({ length: inFlight }, client));
  const seconds = (performance.now() - started) / 1000;
  delay.disable();
  const sorted = latencies.toSorted((one, other) => one - other);
  return {
    images,
    imagesPerSecond: images / seconds,
    latencyMs: { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) },
    eventLoopDelayMs: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
    memoryMiB,
  };
};
