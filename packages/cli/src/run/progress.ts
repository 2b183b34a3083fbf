import { formatBar } from '../terminal/bar.ts';
import { formatDuration, formatTime } from '../terminal/format-figures.ts';
import { printable } from '../terminal/printable.ts';
import type { Screen } from '../terminal/screen.ts';
import { shortenPath } from '../terminal/text-width.ts';

const BAR_WIDTH = 20;

/** Shows how far a run is, how fast, and for how long it will go on. */
export class Progress {
  readonly #screen: Pick<Screen, 'progress'>;
  readonly #total: number;
  readonly #now: () => number;
  readonly #startedAt: number;
  #done = 0;

  /**
   * @param params.total how many inputs there are.
   * @param params.now milliseconds, as `performance.now`.
   */
  constructor(params: {
    readonly screen: Pick<Screen, 'progress'>;
    readonly total: number;
    readonly now?: () => number;
  }) {
    this.#screen = params.screen;
    this.#total = params.total;
    this.#now = params.now ?? (() => performance.now());
    this.#startedAt = this.#now();
  }

  /** An input is done. */
  inputDone(name: string): void {
    this.#done += 1;
    this.#show(name);
  }

  /** A frame of a video is done, the one at this time. */
  frameDone(name: string, timeMs: number): void {
    this.#show(`${name} ${formatTime(timeMs)}`);
  }

  #show(what: string): void {
    this.#screen.progress((width) => {
      const done = this.#done;
      const seconds = (this.#now() - this.#startedAt) / 1000;
      const rate = done / Math.max(seconds, 1e-3);
      const figures = [
        ...(width === undefined ? [] : [formatBar(done / this.#total, BAR_WIDTH)]),
        `${done} of ${this.#total}`,
        ...(done === 0
          ? []
          : [`${rate.toFixed(1)}/s`, `${formatDuration((this.#total - done) / rate)} left`]),
      ].join('  ');
      const left = width === undefined ? Infinity : width - figures.length - 2;
      return left < 8 ? figures : `${figures}  ${shortenPath(printable(what), left)}`;
    });
  }
}
