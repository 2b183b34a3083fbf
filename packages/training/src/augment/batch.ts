/** One training batch. */
export interface Batch {
  /** Values in [0, 255], `[size, heightPx, widthPx, channels]`. */
  readonly pixels: Float32Array;
  /** Class distributions, `[size, classes]`, rows sum to 1. */
  readonly targets: Float32Array;
  readonly size: number;
  readonly heightPx: number;
  readonly widthPx: number;
}

/** Batches in the order of the training steps, prepared ahead in worker threads. */
export interface BatchStream {
  /** The batch of the next step. @throws what a worker failed with. */
  next(): Promise<Batch>;
  /** Ends the workers; the stream cannot be used afterwards. */
  close(): Promise<void>;
}
