import { createRandom } from '@mien/contract';
import sharp from 'sharp';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Classifier } from '../create-classifier.ts';

/** What a run of a classifier came to. */
export interface ClassifierMeasurement {
  readonly images: number;
  readonly imagesPerSecond: number;
  /** From handing a picture in to its reading, with `inFlight` pictures under way at a time. */
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  /** How late timers of the main thread came, at worst in 99 of 100 cases. */
  readonly eventLoopDelayMs: { readonly p99: number; readonly max: number };
  /** Resident memory after each tenth of the pictures. */
  readonly memoryMiB: readonly number[];
}

/** Different JPEG pictures of seeded noise: as slow to decode as pictures get. */
const noiseJpegs = (count: number, sizePx: number): Promise<Buffer[]> =>
  Promise.all(
    Array.from({ length: count }, (_, picture) => {
      const random = createRandom(picture);
      const noise = Uint8Array.from({ length: sizePx * sizePx * 3 }, () => random.integer(256));
      return sharp(noise, { raw: { width: sizePx, height: sizePx, channels: 3 } })
        .blur(2)
        .jpeg()
        .toBuffer();
    }),
  );

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/**
 * Sends encoded pictures through a classifier as a busy server would, and measures it.
 *
 * @param inFlight pictures that are under way at a time.
 */
export const measureClassifier = async (
  classifier: Classifier,
  {
    images,
    sizePx,
    inFlight,
  }: { readonly images: number; readonly sizePx: number; readonly inFlight: number },
): Promise<ClassifierMeasurement> => {
  const pictures = await noiseJpegs(16, sizePx);
  await classifier.classifyMany(pictures);
  const latencies: number[] = [];
  const memoryMiB: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    for (let picture = next++; picture < images; picture = next++) {
      const started = performance.now();
      await classifier.classify(pictures[picture % pictures.length] as Buffer);
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
