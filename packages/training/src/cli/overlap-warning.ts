import type { TrainingOverlap } from '../evaluate/training-overlap.ts';

const WARNINGS: Readonly<Record<TrainingOverlap, string | undefined>> = {
  trained:
    'Warning: the model was trained on these images. The figures say nothing about new faces; score --split test or other data.',
  selected:
    'Warning: the best epoch and the calibration of this model were chosen on these images. Expect a little less on new faces.',
  none: undefined,
};

/** Says how much figures are worth, given what the model has seen of the images; undefined where there is no "but". */
export const overlapWarning = (overlap: TrainingOverlap): string | undefined => WARNINGS[overlap];
