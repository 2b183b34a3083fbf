import { isMienError } from '@mien/contract';
import { InvalidProbabilityError } from '../evaluate/evaluate-model.ts';
import { DivergedError } from '../fit/diverged-error.ts';
import { fit, type FitParams } from '../fit/fit.ts';
import type { FitObserver } from '../fit/fit-observer.ts';
import { InterruptedError } from '../fit/interrupted-error.ts';
import { readTrialProgress, writeFailure } from './read-trial-progress.ts';
import type { Trial, TrialFailure, TrialProgress } from './trial.ts';

/** How to train a trial. */
export interface RunTrialParams extends Pick<
  FitParams,
  'acceptsNewCode' | 'backend' | 'workers' | 'cacheDir'
> {
  readonly trial: Trial;
  /** A folder of `fit`; what lies there is gone on with. */
  readonly folder: string;
  /** Train until it has so many epochs. */
  readonly epochs: number;
  /** Stops it after the step in progress. */
  readonly signal: AbortSignal;
  /** True where an unknown error of the backend counts against the trial; otherwise it is thrown. */
  readonly mayFail: boolean;
  readonly observer?: FitObserver;
}

const failureOf = (error: unknown, mayFail: boolean): TrialFailure | undefined => {
  if (error instanceof DivergedError) {
    const { loss, epoch, step, learningRate } = error.divergence;
    const where = `epoch ${epoch}, step ${step}`;
    return {
      kind: 'diverged',
      message: `the loss was ${loss} in ${where}, at a learning rate of ${learningRate}`,
    };
  }
  if (error instanceof InvalidProbabilityError) return { kind: 'diverged', message: error.message };
  // What we know by name concerns the search as a whole: a full disk, changed images, a missing backend.
  if (isMienError(error) || !mayFail) return undefined;
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
};

/**
 * Trains a trial until it has a rung's epochs. Its schedule is that of the whole run: a trial that stops here and goes
 * on later is, bit for bit, the run that `fit` makes of the same settings.
 *
 * A trial that cannot be trained is noted as such in its folder.
 *
 * @throws {InterruptedError} after `signal`, once a checkpoint is written.
 */
export const runTrial = async (params: RunTrialParams): Promise<TrialProgress> => {
  const { trial, folder, epochs, signal, mayFail, observer = {}, ...rest } = params;
  const rungEnd = new AbortController();
  const onEpoch: FitObserver['onEpoch'] = (record, isBest) => {
    observer.onEpoch?.(record, isBest);
    if (record.epoch >= epochs && epochs < trial.recipe.epochs) rungEnd.abort();
  };
  try {
    await fit({
      options: trial.options,
      ...rest,
      out: folder,
      mode: 'resume',
      signal: AbortSignal.any([signal, rungEnd.signal]),
      observer: {
        onDataset: (progress) => observer.onDataset?.(progress),
        onStart: (start) => observer.onStart?.(start),
        onStep: (progress) => observer.onStep?.(progress),
        onValidation: (epoch) => observer.onValidation?.(epoch),
        onEpoch,
        onFinishing: (result) => observer.onFinishing?.(result),
      },
    });
  } catch (error) {
    if (error instanceof InterruptedError) {
      if (!rungEnd.signal.aborted) throw error;
    } else {
      const failure = failureOf(error, mayFail);
      if (failure === undefined) throw error;
      await writeFailure(folder, failure);
    }
  }
  return readTrialProgress(folder);
};
