import { wilsonInterval } from '../evaluate/wilson-interval.ts';
import type { EpochRecord } from '../fit/history.ts';
import { compareRecords, keptEpoch, metricIn, type Metric } from './metric.ts';
import type { Rung } from './plan-rungs.ts';
import type { TrialState } from './rank-trials.ts';
import type { AxisValues } from './sample-trials.ts';
import { hasReached } from './trial.ts';

/** What became of a trial: a whole run, one that was stopped at a rung or is on its way, one that broke, or nothing yet. */
export type TrialStatus = 'finished' | 'stopped' | 'diverged' | 'failed' | 'waiting';

/** Figures of a trial, all on the validation images. */
export interface TrialFigures {
  readonly score: number;
  readonly accuracy: number;
  readonly accuracyInterval95: readonly [low: number, high: number];
  readonly macroF1: number;
  readonly loss: number;
  /** The epoch that they are of, 1 for the first. */
  readonly epoch: number;
}

/** One trial's place. */
export interface LeaderboardRow {
  /** 1 for the best; undefined for trials that are not ranked. */
  readonly rank: number | undefined;
  readonly trial: number;
  readonly status: TrialStatus;
  /** Epochs after which it is judged: those of the last rung it reached. */
  readonly epochs: number;
  readonly values: AxisValues;
  readonly figures: TrialFigures | undefined;
  /** True where its accuracy lies within the best trial's interval, after as many epochs: too close to call. */
  readonly isTied: boolean;
  /** Why it broke. */
  readonly failure: string | undefined;
  readonly seconds: number;
  readonly history: readonly EpochRecord[];
}

/** What rows follow from. */
export interface LeaderboardParams {
  readonly states: readonly TrialState[];
  readonly rungs: readonly Rung[];
  readonly metric: Metric;
  /** Images that an accuracy is a share of. */
  readonly validationImages: number;
}

interface Judged {
  readonly state: TrialState;
  /** Rungs that it has reached. */
  readonly rungs: number;
  readonly epochs: number;
  /** Undefined where it is not ranked. */
  readonly record: EpochRecord | undefined;
}

const judge = (state: TrialState, rungs: readonly Rung[]): Judged => {
  const { trial, progress } = state;
  const reached = rungs.filter(({ epochs }) => hasReached(trial, progress, epochs));
  const epochs = Math.min(reached.at(-1)?.epochs ?? Infinity, progress.history.length);
  const record = progress.failure === undefined ? keptEpoch(progress.history, epochs) : undefined;
  return { state, rungs: reached.length, epochs, record };
};

/** Further rungs first, as figures after more epochs cannot be compared; then the metric; broken trials last. */
const compareJudged = (a: Judged, b: Judged, metric: Metric): number => {
  if (a.record === undefined || b.record === undefined)
    return Number(a.record === undefined) - Number(b.record === undefined) || b.epochs - a.epochs;
  return b.rungs - a.rungs || compareRecords(a.record, b.record, metric);
};

const statusOf = ({ progress }: TrialState): TrialStatus => {
  if (progress.failure !== undefined) return progress.failure.kind;
  if (progress.isFinished) return 'finished';
  return progress.history.length === 0 ? 'waiting' : 'stopped';
};

const figuresOf = (record: EpochRecord, metric: Metric, images: number): TrialFigures => {
  const { validationAccuracy: accuracy } = record;
  return {
    score: metricIn(record, metric),
    accuracy,
    accuracyInterval95: wilsonInterval(Math.round(accuracy * images), images),
    macroF1: record.validationMacroF1,
    loss: record.validationLoss,
    epoch: record.epoch,
  };
};

/** Ranks the trials of a search, best first. */
export const rankLeaderboard = ({
  states,
  rungs,
  metric,
  validationImages,
}: LeaderboardParams): LeaderboardRow[] => {
  const judged = states
    .map((state) => judge(state, rungs))
    .toSorted((a, b) => compareJudged(a, b, metric) || a.state.trial.number - b.state.trial.number);
  const best = judged[0];
  const bestFigures =
    best?.record === undefined ? undefined : figuresOf(best.record, metric, validationImages);
  return judged.map((entry, index) => {
    const { state, record, epochs } = entry;
    const figures = record === undefined ? undefined : figuresOf(record, metric, validationImages);
    const isTied =
      index > 0 &&
      figures !== undefined &&
      bestFigures !== undefined &&
      entry.rungs === best?.rungs &&
      figures.accuracy >= bestFigures.accuracyInterval95[0];
    return {
      rank: figures === undefined ? undefined : index + 1,
      trial: state.trial.number,
      status: statusOf(state),
      epochs,
      values: state.trial.values,
      figures,
      isTied,
      failure: state.progress.failure?.message,
      seconds: state.progress.history.reduce((sum, { seconds }) => sum + seconds, 0),
      history: state.progress.history,
    };
  });
};
