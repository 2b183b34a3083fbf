import { createRandom, shuffled } from '@mien/contract';
import { topClass, type LabelledSample } from './sample.ts';

/** The class that a sample is divided by: its target's, or where that says nothing its own label's, numbered behind. */
const stratumOf = ({ target, ownTarget = [] }: LabelledSample): number => {
  const label = topClass(target);
  return label === -1 ? target.length + topClass(ownTarget) : label;
};

/**
 * Moves a share of each class from train to validation, the same samples for the same seed. Every class with two
 * samples or more keeps at least one on either side. Samples of which votes say nothing are divided by their own labels.
 */
export const stratifiedSplit = (
  samples: readonly LabelledSample[],
  { validationFraction, seed }: { readonly validationFraction: number; readonly seed: number },
): LabelledSample[] => {
  const byClass = new Map<number, number[]>();
  for (const [index, sample] of samples.entries()) {
    if (sample.split !== 'train') continue;
    const label = stratumOf(sample);
    const indices = byClass.get(label);
    if (indices === undefined) byClass.set(label, [index]);
    else indices.push(index);
  }
  const moved = new Set<number>();
  for (const [label, indices] of byClass) {
    const wanted = Math.max(1, Math.round(indices.length * validationFraction));
    const count = Math.min(wanted, indices.length - 1);
    for (const index of shuffled(indices, createRandom(seed, 0x5917, label)).slice(0, count))
      moved.add(index);
  }
  return samples.map((sample, index) => (moved.has(index) ? { ...sample, split: 'validation' } : sample));
};
