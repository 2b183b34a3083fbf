import type { EpochRecord } from '../fit/history.ts';
import { resolveRecipe } from '../fit/resolve-recipe.ts';
import { getArchitecture } from '../model/architectures.ts';
import { rankLeaderboard } from './leaderboard.ts';
import type { TrialState } from './rank-trials.ts';
import type { SearchState } from './search-observer.ts';
import { buildSpace } from './space.ts';
import type { TrialFailure } from './trial.ts';

/** An epoch with a validation accuracy; macro-F1 and loss follow from it unless they are given. */
export const epochOf = (epoch: number, accuracy: number, given: Partial<EpochRecord> = {}): EpochRecord => ({
  epoch,
  learningRate: 0.1,
  trainLoss: 1,
  trainAccuracy: 0.5,
  validationLoss: 2 - accuracy,
  validationAccuracy: accuracy,
  validationMacroF1: accuracy - 0.05,
  imagesPerSecond: 100,
  seconds: 10,
  ...given,
});

/** A trial of a run of nine epochs, that has come to these validation accuracies. */
export const stateOf = (
  number: number,
  accuracies: readonly number[],
  given: { readonly failure?: TrialFailure; readonly patience?: number } = {},
): TrialState => {
  const settings = { epochs: 9, learningRate: number / 100, patience: given.patience ?? 0 };
  const options = { architecture: 'residual', seed: 1, settings };
  return {
    trial: {
      number,
      values: { learningRate: number / 100 },
      options,
      recipe: resolveRecipe(getArchitecture('residual'), settings, false),
    },
    progress: {
      history: accuracies.map((accuracy, index) => epochOf(index + 1, accuracy)),
      failure: given.failure,
      isFinished: accuracies.length === 9,
    },
  };
};

/** A search over learning rates in rungs of three and nine epochs, that has come to these trials. */
export const searchOf = (
  states: readonly TrialState[],
  given: { readonly space?: Readonly<Record<string, string>>; readonly validationImages?: number } = {},
): SearchState => {
  const rungs = [
    { epochs: 3, trials: states.length },
    { epochs: 9, trials: 1 },
  ];
  const { space = { learningRate: '0.001..1:log' }, validationImages = 100 } = given;
  const { recipe } = getArchitecture('residual');
  return {
    folder: 'dist/tune/x',
    trials: states.map(({ trial }) => trial),
    rungs,
    space: buildSpace(recipe, {}, { whole: space, changes: {} }),
    metric: 'accuracy',
    method: 'halving',
    epochsDone: 0,
    data: { name: 'faces', validationImages },
    rows: rankLeaderboard({ states, rungs, metric: 'accuracy', validationImages }),
    isComplete: true,
  };
};
