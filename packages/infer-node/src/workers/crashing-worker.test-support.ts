import type { LoadReport, Outcome, Posted } from './jobs.ts';
import type { Reading } from '@mien/pipeline';

/** A worker that always loads. */
export const load = (): Promise<Outcome<LoadReport>> =>
  Promise.resolve({ value: { note: undefined, selfTestDifference: 0, runMs: undefined } });

/** Ends its thread over pictures named `crash`, and reads `fine` in every other. */
export const classify = ({ task: { image } }: Posted<'classify'>): Promise<Outcome<Reading>> => {
  if (image.name === 'crash') process.exit(3);
  return Promise.resolve({ value: { label: 'fine', probability: 1, probabilities: [] } });
};
