import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal/terminal.ts';

const CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/** Launchers such as Nx pass one Ctrl-C on several times; a second one by hand comes later than this. */
const SAME_PRESS_MS = 1000;

/** What stopped a run: the exit code that tells it. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  constructor(readonly exitCode: number) {
    super('Stopped; files that were not whole are deleted.');
  }
}

/**
 * Turns the first Ctrl-C or SIGTERM, and the end of whoever reads stdout, into an abort signal, whose reason is a
 * {@link StoppedError}; a second Ctrl-C ends the process.
 */
export class StopSignals {
  readonly #controller = new AbortController();
  readonly #terminal: Terminal;
  #stoppedAt = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the run was stopped; undefined while it goes on. */
  get stopped(): StoppedError | undefined {
    return this.signal.aborted ? (this.signal.reason as StoppedError) : undefined;
  }

  /** From now on signals stop what runs. */
  set(): void {
    process.on('SIGINT', this.#onSignal);
    process.on('SIGTERM', this.#onSignal);
    this.#terminal.stdout.on('error', this.#onBrokenPipe);
  }

  /** From now on signals do again what they always do. */
  release(): void {
    process.off('SIGINT', this.#onSignal);
    process.off('SIGTERM', this.#onSignal);
  }

  readonly #onSignal = (name: keyof typeof CODES): void => {
    if (!this.signal.aborted) {
      this.#stoppedAt = performance.now();
      this.#stop(CODES[name]);
    } else if (performance.now() - this.#stoppedAt > SAME_PRESS_MS) {
      // oxlint-disable-next-line unicorn/no-process-exit -- somebody insists
      process.exit(CODES[name]);
    }
  };

  // Stays set after the run: what is still in the pipe may fail then.
  readonly #onBrokenPipe = (): void => this.#stop(EXIT.brokenPipe);

  #stop(exitCode: number): void {
    if (this.signal.aborted) return;
    this.#controller.abort(new StoppedError(exitCode));
    // Reading on would keep the process from ending.
    this.#terminal.stdin.destroy?.();
  }
}
