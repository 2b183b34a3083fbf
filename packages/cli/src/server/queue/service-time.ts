// A new measurement counts a twentieth: steady over single large pictures, and soon right after a change of load.
const NEW_SHARE = 0.05;

/** How long pictures take, learned from those that were done. */
export class ServiceTime {
  #meanSeconds: number | undefined;

  /** The exponentially weighted mean, seconds; undefined before the first picture. */
  get meanSeconds(): number | undefined {
    return this.#meanSeconds;
  }

  /** Takes another picture's time into account. */
  add(seconds: number): void {
    const mean = this.#meanSeconds ?? seconds;
    this.#meanSeconds = mean + NEW_SHARE * (seconds - mean);
  }
}
