import type { FitObserver } from '../fit/fit.ts';
import type { ConsoleProgress } from './console-progress.ts';
import { EXIT_INTERRUPTED } from './run-cli.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Launchers such as Nx pass one Ctrl-C on several times; a second one by hand comes later than this. */
const SAME_PRESS_MS = 1000;

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
  const controller = new AbortController();
  let stoppedAt = 0;
  const stop = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      stoppedAt = performance.now();
      controller.abort();
      progress.line('Stopping after this step; Ctrl-C once more stops at once.');
    } else if (name === 'SIGINT' && performance.now() - stoppedAt > SAME_PRESS_MS) {
      // oxlint-disable-next-line unicorn/no-process-exit -- somebody insists
      process.exit(EXIT_INTERRUPTED);
    }
  };
  // A launcher that is gone, or a closed terminal, must not keep the checkpoint from being written.
  const ignore = (): void => undefined;
  const observer: FitObserver = {
    onDataset: (state) => progress.onDataset(state),
    onStart: (start) => {
      for (const name of SIGNALS) process.on(name, stop);
      process.stdout.on('error', ignore);
      progress.onStart(start);
    },
    onStep: (state) => progress.onStep(state),
    onValidation: (epoch) => progress.onValidation(epoch),
    onEpoch: (record, isBest) => progress.onEpoch(record, isBest),
    onFinishing: () => {
      for (const name of SIGNALS) process.off(name, stop);
      progress.onFinishing();
    },
  };
  return { signal: controller.signal, observer };
};
