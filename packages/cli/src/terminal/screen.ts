import type { Terminal } from './terminal.ts';
import { shortenText } from './text-width.ts';
import { untilDrained } from './until-drained.ts';

/** Between two drawings of the progress. */
const DRAW_INTERVAL_MS = 100;
/** Between two plain lines, where there is no terminal to draw on. */
const PLAIN_INTERVAL_MS = 10_000;

const CLEAR_LINE = '\r\u001B[2K';

/** Results on stdout, errors and one line of progress on stderr, so that none writes over another on a shared terminal. */
export class Screen {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #showsProgress: boolean;
  #shownAt: number;
  #isDrawn = false;

  /** @param params.now milliseconds, as `performance.now`. */
  constructor(params: {
    readonly terminal: Terminal;
    readonly showsProgress: boolean;
    readonly now?: () => number;
  }) {
    this.#terminal = params.terminal;
    this.#showsProgress = params.showsProgress;
    this.#now = params.now ?? (() => performance.now());
    // A plain line now and then is for what takes long: not before its first interval is over.
    this.#shownAt = params.terminal.stderr.isTTY === true ? -Infinity : this.#now();
  }

  /** Writes results, and waits while whoever reads them is behind. */
  async print(text: string): Promise<void> {
    if (text === '') return;
    this.clearProgress();
    if (!this.#terminal.stdout.write(text)) await untilDrained(this.#terminal.stdout);
  }

  /** Writes a line to stderr, above the progress. */
  note(line: string): void {
    this.clearProgress();
    this.#terminal.stderr.write(`${line}\n`);
  }

  /** Shows how things stand, unless that was shown just now. */
  progress(describe: (width: number | undefined) => string): void {
    if (!this.#showsProgress) return;
    const { stderr } = this.#terminal;
    const now = this.#now();
    const isTerminal = stderr.isTTY === true;
    if (now - this.#shownAt < (isTerminal ? DRAW_INTERVAL_MS : PLAIN_INTERVAL_MS)) return;
    this.#shownAt = now;
    const width = isTerminal ? (stderr.columns ?? 80) - 1 : undefined;
    const text = describe(width);
    stderr.write(width === undefined ? `${text}\n` : `${CLEAR_LINE}${shortenText(text, width)}`);
    this.#isDrawn = isTerminal;
  }

  /** Takes the progress off the terminal, where it is on it. */
  clearProgress(): void {
    if (!this.#isDrawn) return;
    this.#terminal.stderr.write(CLEAR_LINE);
    this.#isDrawn = false;
    this.#shownAt = -Infinity;
  }
}
