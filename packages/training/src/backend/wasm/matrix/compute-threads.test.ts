import { createRandom } from '@mien/contract';
import { ComputeThreads } from './compute-threads.ts';
import { tapsOf, type PaddedConvolution } from './jobs.ts';
import { packPanels, paddedColumns } from './pack-panels.ts';

const convolution: PaddedConvolution = {
  batch: 10,
  inHeight: 9,
  inWidth: 11,
  channels: 3,
  filterHeight: 3,
  filterWidth: 2,
  strideHeight: 2,
  strideWidth: 1,
  outHeight: 4,
  outWidth: 10,
  outChannels: 13,
};
const X_FLOATS = 10 * 9 * 11 * 3;
const Y_FLOATS = 10 * 4 * 10 * 13;
const SHARED = Infinity;

/** Puts seeded numbers on the threads' memory. */
const fill = (threads: ComputeThreads, floats: number, seed: number): number => {
  const random = createRandom(seed);
  const at = threads.take(floats);
  for (let index = 0; index < floats; index++) threads.floats[at + index] = random.uniform(-1, 1);
  return at;
};

const convolve = (threads: ComputeThreads): Float32Array => {
  const { batch, outHeight, outWidth, outChannels } = convolution;
  const taps = tapsOf(convolution);
  threads.reserve(100_000);
  const xAt = fill(threads, X_FLOATS, 1);
  const plainAt = fill(threads, taps * outChannels, 2);
  const filterAt = threads.take(taps * paddedColumns(outChannels));
  const yFloats = batch * outHeight * outWidth * paddedColumns(outChannels);
  const yAt = threads.take(yFloats);
  packPanels(
    threads.floats,
    { at: plainAt, rowStride: outChannels, columnStride: 1 },
    taps,
    outChannels,
    filterAt,
  );
  threads.complete({ kind: 'convolve', convolution, xAt, filterAt, yAt }, SHARED);
  return threads.floats.slice(yAt, yAt + yFloats);
};

const filterGradient = (threads: ComputeThreads): Float32Array => {
  const { outChannels } = convolution;
  threads.reserve(100_000);
  const xAt = fill(threads, X_FLOATS, 1);
  const dyAt = fill(threads, Y_FLOATS, 3);
  const packedAt = threads.take(10 * 4 * 10 * paddedColumns(outChannels));
  const shardFloats = tapsOf(convolution) * paddedColumns(outChannels);
  const shardsAt = threads.take(4 * shardFloats);
  const job = {
    kind: 'filter-gradient',
    convolution,
    xAt,
    dyAt,
    packedAt,
    shardsAt,
    imagesPerShard: 3,
  } as const;
  threads.complete(job, SHARED);
  return threads.floats.slice(shardsAt, shardsAt + 4 * shardFloats);
};

test.each([
  ['a convolution', convolve],
  ['a filter gradient', filterGradient],
])('%s comes out the same, bit for bit, on one thread and on three, again and again', (_name, compute) => {
  const alone = compute(new ComputeThreads(1));
  const threads = new ComputeThreads(3);
  expect(alone.some((value) => value !== 0)).toBe(true);
  for (let run = 0; run < 50; run++) expect(compute(threads)).toEqual(alone);
});

test('threads follow when the memory grows', () => {
  const threads = new ComputeThreads(2);
  const before = convolve(threads);
  threads.reserve(3_000_000);
  expect(threads.floats.length).toBeGreaterThan(3_000_000);
  expect(convolve(threads)).toEqual(before);
});

test('a task that fails fails the job, and the next job works', () => {
  const threads = new ComputeThreads(2);
  const expected = convolve(threads);
  const outside = { kind: 'convolve', convolution, xAt: 2 ** 28, filterAt: 0, yAt: 0 } as const;
  expect(() => {
    threads.complete(outside, SHARED);
  }).toThrow('A task failed on a compute thread.');
  expect(convolve(threads)).toEqual(expected);
});
