import { stopReason } from '../fit/best-epoch.ts';
import type { FitOptions } from '../fit/fit-options.ts';
import type { EpochRecord } from '../fit/history.ts';
import type { Recipe } from '../fit/recipe.ts';
import type { AxisValues } from './sample-trials.ts';

/** One set of settings that a search tries. */
export interface Trial {
  /** 1 for the first. */
  readonly number: number;
  readonly values: AxisValues;
  /** What `fit` is given. */
  readonly options: FitOptions;
  /** What those come to. */
  readonly recipe: Recipe;
}

/** Why a trial cannot be trained on. */
export interface TrialFailure {
  /** `diverged`: the loss is no longer a number; `failed`: the backend gave up, e.g. for want of memory. */
  readonly kind: 'diverged' | 'failed';
  readonly message: string;
}

/** How far a trial has come. */
export interface TrialProgress {
  readonly history: readonly EpochRecord[];
  readonly failure: TrialFailure | undefined;
  /** True once `fit` has written the finished model. */
  readonly isFinished: boolean;
}

/** Nothing yet. */
export const NO_PROGRESS: TrialProgress = { history: [], failure: undefined, isFinished: false };

/** Tells whether a trial has the epochs of a rung, or was over before by its own recipe. */
export const hasReached = (trial: Trial, { history }: TrialProgress, epochs: number): boolean =>
  history.length >= epochs || stopReason(trial.recipe, history) !== undefined;

/** Tells whether there is nothing left to do for a trial in a rung. */
export const isSettled = (trial: Trial, progress: TrialProgress, epochs: number): boolean => {
  if (progress.failure !== undefined) return true;
  if (!hasReached(trial, progress, epochs)) return false;
  return progress.isFinished || stopReason(trial.recipe, progress.history) === undefined;
};
