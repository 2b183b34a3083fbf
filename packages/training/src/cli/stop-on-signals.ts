import type { FitObserver } from '../fit/fit.ts';
import type { ConsoleProgress } from './console-progress.ts';
import { EXIT_INTERRUPTED } from './run-cli.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * While there are steps to finish, ends the run after its step at the first Ctrl-C or SIGTERM, and the process at the
 * second. Before and after there is nothing to save, and signals do what they always do.
 */
export const stopOnSignals = (progress: ConsoleProgress): { signal: AbortSignal; observer: FitObserver } => {
  const controller = new AbortController();
  const stop = (): void => {
    // oxlint-disable-next-line unicorn/no-process-exit -- somebody insists
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
    progress.line('Stopping after this step; once more stops at once.');
  };
  const observer: FitObserver = {
    onDataset: (state) => progress.onDataset(state),
    onStart: (start) => {
      for (const name of SIGNALS) process.on(name, stop);
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
