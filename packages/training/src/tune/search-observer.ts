import type { FitObserver } from '../fit/fit-observer.ts';
import type { LeaderboardRow } from './leaderboard.ts';
import type { Metric } from './metric.ts';
import type { Method, Rung } from './plan-rungs.ts';
import type { SearchData } from './search-record.ts';
import type { Space } from './space.ts';
import type { Trial } from './trial.ts';

/** What a search is going to do. */
export interface SearchPlan {
  readonly folder: string;
  readonly trials: readonly Trial[];
  readonly rungs: readonly Rung[];
  readonly space: Space;
  readonly metric: Metric;
  readonly method: Method;
  /** Epochs of earlier calls that are gone on with. */
  readonly epochsDone: number;
}

/** A trial's turn in a rung. */
export interface TrialTurn {
  readonly trial: Trial;
  /** 0 for the first. */
  readonly rung: number;
}

/** How a search stands. */
export interface SearchState extends SearchPlan {
  /** Undefined before the first trial has started. */
  readonly data: SearchData | undefined;
  /** Best first. */
  readonly rows: readonly LeaderboardRow[];
  readonly isComplete: boolean;
}

/** Is told how a search goes; and of the trial in progress, as of any run of `fit`. */
export interface SearchObserver extends FitObserver {
  onPlan?(plan: SearchPlan): void;
  onTurn?(turn: TrialTurn): void;
  /** After each turn, and once more in the end, without one. The search waits for it. */
  onState?(state: SearchState, turn: TrialTurn | undefined): Promise<void> | void;
}
