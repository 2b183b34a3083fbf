import type { EpochRecord } from '../fit/history.ts';
import { compareRecords, keptEpoch, type Metric } from './metric.ts';
import { hasReached, type Trial, type TrialProgress } from './trial.ts';

/** A trial and how far it has come. */
export interface TrialState {
  readonly trial: Trial;
  readonly progress: TrialProgress;
}

/**
 * Puts the trials that have a rung's epochs in the order in which they may go on, best first. A trial is judged as it
 * was at the end of that rung, whatever it has come to since, so that an interrupted search decides as before.
 */
export const rankAtRung = (states: readonly TrialState[], epochs: number, metric: Metric): TrialState[] =>
  states
    .filter(({ trial, progress }) => hasReached(trial, progress, epochs))
    .map((state) => ({ state, record: keptEpoch(state.progress.history, epochs) as EpochRecord }))
    .toSorted(
      (a, b) => compareRecords(a.record, b.record, metric) || a.state.trial.number - b.state.trial.number,
    )
    .map(({ state }) => state);
