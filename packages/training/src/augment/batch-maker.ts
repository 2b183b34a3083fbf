import { createRandom } from '@mien/contract';
import { augmentedSize, augmentImage, type ImageGeometry } from './augment-image.ts';
import type { AugmentRecipe } from './augment-recipe.ts';
import type { Batch } from './batch.ts';
import { drawSymmetricBeta, mixUp } from './mixup.ts';
import { RANDOM_STREAMS } from './random-streams.ts';
import { createSampleOrder } from './sample-order.ts';

/** Everything that decides what is in the batches; can be posted to a worker thread. */
export interface BatchPlan extends ImageGeometry {
  /** Number of samples. */
  readonly count: number;
  /** Bytes, `[count, heightPx, widthPx, channels]`. */
  readonly pixels: Uint8Array;
  /** Class distributions, `[count, classes]`. */
  readonly targets: Float32Array;
  readonly classes: number;
  readonly recipe: AugmentRecipe;
  readonly batchSize: number;
  readonly seed: number;
}

/**
 * Prepares the batch of any training step. Whatever is random comes from the seed and the sample's place in the order,
 * so that a step's batch is the same bit for bit, whoever makes it and whatever was made before.
 *
 * @returns the batch of a step, 0 for the first.
 */
export const createBatchMaker = (plan: BatchPlan): ((step: number) => Batch) => {
  const { batchSize, classes, recipe, seed } = plan;
  const placeAt = createSampleOrder(plan.count, seed);
  const size = augmentedSize(recipe, plan);
  const sourceLength = plan.heightPx * plan.widthPx * plan.channels;
  const targetLength = size.heightPx * size.widthPx * plan.channels;
  return (step) => {
    const pixels = new Float32Array(batchSize * targetLength);
    const targets = new Float32Array(batchSize * classes);
    const shares: number[] = [];
    for (let index = 0; index < batchSize; index++) {
      const { epoch, sample } = placeAt(step * batchSize + index);
      const source = { source: plan.pixels, sourceOffset: sample * sourceLength };
      const target = pixels.subarray(index * targetLength, (index + 1) * targetLength);
      augmentImage(recipe, plan, source, target, createRandom(seed, RANDOM_STREAMS.change, epoch, sample));
      targets.set(plan.targets.subarray(sample * classes, (sample + 1) * classes), index * classes);
      if (recipe.mixupAlpha > 0) {
        const random = createRandom(seed, RANDOM_STREAMS.mixup, epoch, sample);
        shares.push(drawSymmetricBeta(recipe.mixupAlpha, random));
      }
    }
    if (shares.length > 0) mixUp({ pixels, targets }, shares);
    return { pixels, targets, size: batchSize, ...size };
  };
};
