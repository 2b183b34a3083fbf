import { EXIT_INTERRUPTED } from './run-cli.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Launchers such as Nx pass one Ctrl-C on several times; a second one by hand comes later than this. */
const SAME_PRESS_MS = 1000;

// A launcher that is gone, or a closed terminal, must not keep a checkpoint from being written.
const ignore = (): void => undefined;

/** Turns the first Ctrl-C, SIGTERM or SIGHUP into an abort signal; a second Ctrl-C ends the process. */
export class SignalTrap {
  readonly #controller = new AbortController();
  readonly #onStop: () => void;
  #stoppedAt = 0;

  /** @param onStop is called at the first signal. */
  constructor(onStop: () => void) {
    this.#onStop = onStop;
  }

  /** Is aborted by the first signal. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** From now on signals stop what runs. */
  set(): void {
    for (const name of SIGNALS) process.on(name, this.#stop);
    process.stdout.on('error', ignore);
  }

  /** From now on signals do again what they always do. */
  release(): void {
    for (const name of SIGNALS) process.off(name, this.#stop);
  }

  readonly #stop = (name: NodeJS.Signals): void => {
    if (!this.signal.aborted) {
      this.#stoppedAt = performance.now();
      this.#controller.abort();
      this.#onStop();
    } else if (name === 'SIGINT' && performance.now() - this.#stoppedAt > SAME_PRESS_MS) {
      // oxlint-disable-next-line unicorn/no-process-exit -- somebody insists
      process.exit(EXIT_INTERRUPTED);
    }
  };
}
