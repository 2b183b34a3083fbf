/** Where progress is shown. */
export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Between two plain lines, where there is no terminal to draw on. */
const PLAIN_INTERVAL_MS = 10_000;
/** Between two drawings. */
const DRAW_INTERVAL_MS = 100;

const CLEAR_LINE = '\r\u001B[2K';

/** The last line of a terminal, redrawn in place; elsewhere a plain line now and then. */
export class StatusLine {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  #shownAt = -Infinity;
  #isDrawn = false;

  /** @param now milliseconds, as `performance.now`. */
  constructor(output: ProgressOutput, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  get isTerminal(): boolean {
    return this.#output.isTTY === true;
  }

  /** Writes a whole line, above the status. */
  line(text: string): void {
    this.#output.write(`${this.#isDrawn ? CLEAR_LINE : ''}${text}\n`);
    this.#isDrawn = false;
  }

  /** Shows how things stand, unless that was shown just now; `isLast` always does. */
  show(text: string, isLast = false): void {
    const now = this.#now();
    if (!isLast && now - this.#shownAt < (this.isTerminal ? DRAW_INTERVAL_MS : PLAIN_INTERVAL_MS)) return;
    this.#shownAt = now;
    if (this.isTerminal) this.draw(text);
    else this.line(text);
  }

  /** Draws the status at once; for terminals. */
  draw(text: string): void {
    this.#output.write(`${CLEAR_LINE}${text.slice(0, (this.#output.columns ?? 80) - 1)}`);
    this.#isDrawn = true;
  }

  /** Takes what was just written for a status, so that the next one waits its time. */
  rest(): void {
    this.#shownAt = this.#now();
  }
}
