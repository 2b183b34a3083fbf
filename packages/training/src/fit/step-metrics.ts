import tf from '@tensorflow/tfjs';

/** Sums over the steps of one epoch. */
export interface EpochSums {
  readonly steps: number;
  readonly images: number;
  /** Sum of the batches' mean losses. */
  readonly loss: number;
  readonly right: number;
  /** Time spent on the steps, waiting for batches included. */
  readonly seconds: number;
}

/** Sums of an epoch that has not begun. */
export const NO_STEPS: EpochSums = { steps: 0, images: 0, loss: 0, right: 0, seconds: 0 };

/** Collects the metrics of steps on the device and reads them back many at a time, so that a step seldom waits. */
export class StepMetrics {
  #pending: { readonly metrics: tf.Tensor1D; readonly images: number; readonly step: number }[] = [];
  #sums: EpochSums;
  readonly #onBroken: (step: number, loss: number) => never;

  /**
   * @param onBroken is called with the first step whose loss is not a finite number.
   */
  constructor(sums: EpochSums, onBroken: (step: number, loss: number) => never) {
    this.#sums = sums;
    this.#onBroken = onBroken;
  }

  /** What has been read back so far. */
  get sums(): EpochSums {
    return this.#sums;
  }

  /** Number of steps that have not been read back yet. */
  get pending(): number {
    return this.#pending.length;
  }

  /** Takes over the metrics of one step, `[2]`: loss and right answers. */
  add(metrics: tf.Tensor1D, images: number, step: number): void {
    this.#pending.push({ metrics, images, step });
  }

  /** Adds to the time spent. */
  addSeconds(seconds: number): void {
    this.#sums = { ...this.#sums, seconds: this.#sums.seconds + seconds };
  }

  /** Reads back what is pending. */
  async read(): Promise<void> {
    if (this.#pending.length === 0) return;
    const batch = this.#pending;
    const stacked = tf.stack(batch.map(({ metrics }) => metrics));
    this.dispose();
    const values = await stacked.data();
    stacked.dispose();
    for (const [index, { images, step }] of batch.entries()) {
      const loss = values[index * 2] as number;
      if (!Number.isFinite(loss)) this.#onBroken(step, loss);
      this.#sums = {
        ...this.#sums,
        steps: this.#sums.steps + 1,
        images: this.#sums.images + images,
        loss: this.#sums.loss + loss,
        right: this.#sums.right + (values[index * 2 + 1] as number),
      };
    }
  }

  /** Drops what is pending. */
  dispose(): void {
    for (const { metrics } of this.#pending) metrics.dispose();
    this.#pending = [];
  }
}
