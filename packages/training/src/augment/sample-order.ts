import { createRandom, shuffled } from '@mien/contract';
import { RANDOM_STREAMS } from './random-streams.ts';

/** One place in the endless order of training samples. */
export interface SamplePlace {
  /** 0 while every sample is seen for the first time. */
  readonly epoch: number;
  readonly sample: number;
}

/**
 * Orders samples without end: one seeded permutation after the other, so that every sample comes once before any comes
 * again, and any position can be looked up without replaying those before it.
 *
 * @returns the place at a position; the permutation of the last epoch asked for is kept.
 */
export const createSampleOrder = (count: number, seed: number): ((position: number) => SamplePlace) => {
  let keptEpoch = -1;
  let order: readonly number[] = [];
  return (position) => {
    const epoch = Math.floor(position / count);
    if (epoch !== keptEpoch) {
      order = shuffled(
        Array.from({ length: count }, (_, sample) => sample),
        createRandom(seed, RANDOM_STREAMS.order, epoch),
      );
      keptEpoch = epoch;
    }
    return { epoch, sample: order[position % count] as number };
  };
};
