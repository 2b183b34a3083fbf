import { createRandom, shuffled } from '@mien/contract';
import { topClass, type LabelledSample } from './sample.ts';

/**
 * Moves a share of each class from train to validation, the same samples for the same seed. Every class with two
 * samples or more keeps at least one on either side.
 */
export const stratifiedSplit = (
  samples: readonly LabelledSample[],
  { validationFraction, seed }: { readonly validationFraction: number; readonly seed: number },
): LabelledSample[] => {
  const byClass = new Map<number, number[]>();
  for (const [index, { split, target }] of samples.entries()) {
    if (split !== 'train') continue;
    const label = topClass(target);
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
