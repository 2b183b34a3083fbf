import type { Recipe, ScheduleName } from './recipe.ts';

/** The settings that the learning rate follows from. */
export type Schedule = Pick<
  Recipe,
  'learningRate' | 'schedule' | 'warmupEpochs' | 'epochs' | 'decayEveryEpochs' | 'decayFactor'
>;

/**
 * The learning rate of one optimiser step.
 *
 * During the warm-up it rises linearly, reaching its peak at the warm-up's last step (Goyal et al. 2017). After that
 * `constant` stays, `step` multiplies by `decayFactor` every `decayEveryEpochs` epochs counted from the run's start,
 * and `cosine` falls along half a cosine towards 0 at the end of the run (Loshchilov & Hutter 2017).
 *
 * @param step 0 for the run's first step.
 */
export const learningRateAt = (schedule: Schedule, step: number, stepsPerEpoch: number): number => {
  const { learningRate, epochs, warmupEpochs, decayEveryEpochs = epochs / 3, decayFactor = 0.1 } = schedule;
  const warmupSteps = Math.round(warmupEpochs * stepsPerEpoch);
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps;
  const progress = (step - warmupSteps) / (epochs * stepsPerEpoch - warmupSteps);
  const drops = Math.floor(step / (decayEveryEpochs * stepsPerEpoch));
  const share: Readonly<Record<ScheduleName, number>> = {
    constant: 1,
    step: decayFactor ** drops,
    cosine: 0.5 * (1 + Math.cos(Math.PI * progress)),
  };
  return learningRate * share[schedule.schedule];
};
