/** What one epoch of training came to. */
export interface EpochRecord {
  /** 1 for the first epoch. */
  readonly epoch: number;
  readonly learningRate: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  readonly validationMacroF1: number;
  /** Accuracy on the dataset's own labels, where those are learnt beside the votes. */
  readonly validationOwnAccuracy?: number;
  readonly imagesPerSecond: number;
  readonly seconds: number;
}
