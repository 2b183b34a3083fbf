import type { FitObserver } from '../fit/fit-observer.ts';
import type { ConsoleProgress } from './console-progress.ts';
import { SignalTrap } from './signal-trap.ts';

/** A run's way to be stopped: hand `signal` and `observer` to `fit`. */
export interface StopOnSignals {
  readonly signal: AbortSignal;
  readonly observer: FitObserver;
}

/**
 * While there are steps to finish, ends the run after its step at the first Ctrl-C, SIGTERM or SIGHUP, and the process
 * at a second Ctrl-C. Before and after there is nothing to save, and signals do what they always do.
 *
 * @param progress is shown what the observer is told.
 */
export const stopOnSignals = (progress: ConsoleProgress): StopOnSignals => {
  const trap = new SignalTrap(() =>
    progress.line('Stopping after this step; Ctrl-C once more stops at once.'),
  );
  const observer: FitObserver = {
    onDataset: (state) => progress.onDataset(state),
    onStart: (start) => {
      trap.set();
      progress.onStart(start);
    },
    onStep: (state) => progress.onStep(state),
    onValidation: (epoch) => progress.onValidation(epoch),
    onEpoch: (record, isBest) => progress.onEpoch(record, isBest),
    onFinishing: () => {
      trap.release();
      progress.onFinishing();
    },
  };
  return { signal: trap.signal, observer };
};
