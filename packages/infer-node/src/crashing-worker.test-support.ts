import type { ClassifyTask, LoadReport, Outcome } from './classify-worker.ts';
import type { Reading } from '@mien/pipeline';

/** A worker that always loads. */
export const load = (): Promise<Outcome<LoadReport>> =>
  Promise.resolve({ value: { device: { requested: 'cpu', provider: 'cpu' }, selfTestDifference: 0 } });

/** Ends its thread over pictures named `crash`, and reads `fine` in every other. */
export const classify = ({ image }: ClassifyTask): Promise<Outcome<Reading>> => {
  if (image.name === 'crash') process.exit(3);
  return Promise.resolve({ value: { label: 'fine', probability: 1, probabilities: [] } });
};
