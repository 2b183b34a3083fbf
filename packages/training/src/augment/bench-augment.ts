import { createRandom } from '@mien/contract';
import type { AugmentRecipe } from './augment-recipe.ts';
import { createBatchStream } from './batch-stream.ts';

/** What to measure. */
export interface AugmentBenchOptions {
  readonly recipe: AugmentRecipe;
  readonly channels: 1 | 3;
  /** Worker threads; 0 = this thread. */
  readonly workers: number;
  /** How long to measure, after a warm-up of a quarter of it. */
  readonly seconds?: number;
}

const IMAGES = 256;
const SIDE_PX = 48;
const BATCH_SIZE = 64;

const noise = (length: number): Uint8Array => {
  const random = createRandom(1);
  const bytes = new Uint8Array(new SharedArrayBuffer(length));
  for (let index = 0; index < length; index++) bytes[index] = random.integer(256);
  return bytes;
};

/**
 * Measures how fast batches of 48×48 noise are prepared when nobody else uses the machine.
 *
 * @returns images per second.
 */
export const benchAugment = async (options: AugmentBenchOptions): Promise<number> => {
  const { recipe, channels, workers, seconds = 2 } = options;
  const pixels = noise(IMAGES * SIDE_PX * SIDE_PX * channels);
  const stream = createBatchStream({
    split: {
      count: IMAGES,
      pixels,
      targets: new Float32Array(IMAGES).fill(1),
      sources: [],
      scored: new Uint8Array(IMAGES).fill(1),
    },
    widthPx: SIDE_PX,
    heightPx: SIDE_PX,
    channels,
    classes: 1,
    recipe,
    batchSize: BATCH_SIZE,
    seed: 1,
    workers,
  });
  const countFor = async (milliseconds: number): Promise<number> => {
    const start = performance.now();
    let images = 0;
    while (performance.now() - start < milliseconds) images += (await stream.next()).size;
    return images / ((performance.now() - start) / 1000);
  };
  try {
    await countFor(seconds * 250);
    return await countFor(seconds * 1000);
  } finally {
    await stream.close();
  }
};
