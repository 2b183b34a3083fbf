/** Images of one split, decoded to the size that the model takes. */
export interface ImageSplit {
  readonly count: number;
  /** Bytes in [0, 255], `[count, heightPx, widthPx, channels]`; shared memory, so that worker threads read without a copy. */
  readonly pixels: Uint8Array;
  /**
   * Class distributions, `[count, classes]`, rows sum to 1: one-hot for plain labels, soft for votes. A row of zeros is
   * an image that has its own label alone.
   */
  readonly targets: Float32Array;
  /** Distributions over the dataset's own labels, `[count, ownLabels]`, where those are kept beside the votes. */
  readonly ownTargets?: Float32Array;
  /** Where each image came from: path relative to the dataset, or `row N`. */
  readonly sources: readonly string[];
  /** 1 where the image counts when scoring, 0 where the scoring protocol leaves it out; `[count]`. */
  readonly scored: Uint8Array;
}

/** A file or row that could not be used. */
export interface SkippedSource {
  readonly source: string;
  readonly reason: string;
}

/** A decoded dataset, ready to train on. */
export interface ImageDataset {
  readonly name: string;
  readonly kind: 'folder' | 'fer2013-csv' | 'synthetic';
  /** The classes, in the order of the model's outputs. */
  readonly labels: readonly string[];
  /** The dataset's own classes, where those are learnt beside the votes. */
  readonly ownLabels?: readonly string[];
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 1 | 3;
  /** SHA-256 over sources, labels and decoded pixels: changes when the data does. */
  readonly fingerprint: string;
  /** How samples are chosen for scoring, in words, e.g. `FER+ strict`. */
  readonly protocol: string;
  readonly train: ImageSplit;
  readonly validation: ImageSplit;
  readonly test: ImageSplit | undefined;
  readonly skipped: readonly SkippedSource[];
  /** How many training images were left out because validation or test shows the same picture; they are in `skipped`. */
  readonly duplicatesLeftOut?: number;
  /** How many training images a list of exclusions left out; they are in `skipped`. */
  readonly listedLeftOut?: number;
}
