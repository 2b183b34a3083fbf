import type { FitParams } from '../fit/fit.ts';
import type { RunStart } from '../fit/fit-observer.ts';
import { InterruptedError } from '../fit/interrupted-error.ts';
import { selectSamples } from '../fit/select-samples.ts';
import { rankLeaderboard } from './leaderboard.ts';
import { rankAtRung, type TrialState } from './rank-trials.ts';
import { readTrialProgress, trialFolder } from './read-trial-progress.ts';
import { runTrial } from './run-trial.ts';
import { SearchInterruptedError } from './search-interrupted-error.ts';
import type { SearchObserver, SearchPlan, SearchState, TrialTurn } from './search-observer.ts';
import { writeSearchRecord, type SearchRecord } from './search-record.ts';
import { hasReached, isSettled, NO_PROGRESS, type Trial, type TrialProgress } from './trial.ts';

/** What a search works with. */
export interface SearchParams extends Pick<FitParams, 'acceptsNewCode' | 'backend' | 'workers' | 'cacheDir'> {
  readonly plan: Omit<SearchPlan, 'epochsDone'>;
  readonly record: SearchRecord;
  readonly signal: AbortSignal;
  readonly observer: SearchObserver;
}

/** The images that a trial's accuracy is a share of. */
const scoredImages = ({ dataset, recipe }: RunStart, seed: number): number => {
  const limit = (recipe.validationSteps ?? Infinity) * recipe.batchSize;
  return selectSamples(dataset.validation, limit, seed).scored.reduce((sum, flag) => sum + flag, 0);
};

/**
 * A search in progress. What it does next follows from its plan and the trials' checkpoints alone, so that one that was
 * killed goes on as if it had not been.
 */
export class Search {
  readonly #params: SearchParams;
  readonly #progress = new Map<Trial, TrialProgress>();
  #record: SearchRecord;
  #writing: Promise<void> = Promise.resolve();
  #epochsDone = 0;

  constructor(params: SearchParams) {
    this.#params = params;
    this.#record = params.record;
  }

  /** Trains every rung, and returns how the search stands in the end. @throws {SearchInterruptedError} after the signal. */
  async run(): Promise<SearchState> {
    const { plan, observer } = this.#params;
    for (const trial of plan.trials)
      this.#progress.set(trial, await readTrialProgress(trialFolder(plan.folder, trial.number)));
    this.#epochsDone = this.#states().reduce((sum, { progress }) => sum + progress.history.length, 0);
    observer.onPlan?.({ ...plan, epochsDone: this.#epochsDone });
    for (const index of plan.rungs.keys()) await this.#climb(index);
    const state = this.#state(true);
    await observer.onState?.(state, undefined);
    return state;
  }

  /** Trains the trials of a rung, best first, until as many as it has room for have got there: a broken one is replaced. */
  async #climb(index: number): Promise<void> {
    const { plan } = this.#params;
    const rung = plan.rungs[index];
    const below = plan.rungs[index - 1];
    if (rung === undefined) return;
    const candidates =
      below === undefined ? this.#states() : rankAtRung(this.#states(), below.epochs, plan.metric);
    let room = rung.trials;
    for (const { trial } of candidates) {
      if (room === 0) break;
      if (!isSettled(trial, this.#progressOf(trial), rung.epochs))
        await this.#take({ trial, rung: index }, rung.epochs);
      if (hasReached(trial, this.#progressOf(trial), rung.epochs)) room -= 1;
    }
  }

  /** One trial's turn. */
  async #take(turn: TrialTurn, epochs: number): Promise<void> {
    const { plan, signal, observer, record: _, ...rest } = this.#params;
    const { trial } = turn;
    const interrupted = new SearchInterruptedError(trial.number, plan.trials.length);
    if (signal.aborted) throw interrupted;
    observer.onTurn?.(turn);
    try {
      const progress = await runTrial({
        ...rest,
        trial,
        folder: trialFolder(plan.folder, trial.number),
        epochs,
        signal,
        // Where nothing has been trained yet, what breaks is hardly the trial.
        mayFail: this.#states().some(({ progress: { history } }) => history.length > 0),
        observer: { ...this.#fitObserver(), onStart: (start) => this.#start(start) },
      });
      this.#progress.set(trial, progress);
    } catch (error) {
      if (error instanceof InterruptedError) throw interrupted;
      throw error;
    }
    await this.#writing;
    await observer.onState?.(this.#state(false), turn);
  }

  #fitObserver(): Pick<SearchObserver, 'onDataset' | 'onStep' | 'onValidation' | 'onEpoch' | 'onFinishing'> {
    const { observer } = this.#params;
    return {
      onDataset: (progress) => observer.onDataset?.(progress),
      onStep: (progress) => observer.onStep?.(progress),
      onValidation: (epoch) => observer.onValidation?.(epoch),
      onEpoch: (record, isBest) => observer.onEpoch?.(record, isBest),
      onFinishing: (result) => observer.onFinishing?.(result),
    };
  }

  #start(start: RunStart): void {
    const { plan, observer } = this.#params;
    if (this.#record.data === undefined) {
      const { seed } = this.#record.definition.options;
      const data = { name: start.dataset.name, validationImages: scoredImages(start, seed) };
      this.#record = { ...this.#record, data };
      this.#writing = writeSearchRecord(plan.folder, this.#record);
      // Its failure is told when the trial's turn is over.
      this.#writing.catch(() => undefined);
    }
    observer.onStart?.(start);
  }

  #progressOf(trial: Trial): TrialProgress {
    return this.#progress.get(trial) ?? NO_PROGRESS;
  }

  #states(): TrialState[] {
    return this.#params.plan.trials.map((trial) => ({ trial, progress: this.#progressOf(trial) }));
  }

  #state(isComplete: boolean): SearchState {
    const { plan } = this.#params;
    const { data } = this.#record;
    const rows = data === undefined ? [] : rankLeaderboard({ ...plan, ...data, states: this.#states() });
    return { ...plan, epochsDone: this.#epochsDone, data, rows, isComplete };
  }
}
