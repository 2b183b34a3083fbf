import type { EpochRecord } from './history.ts';

/** Where a run stands, after each step. */
export interface StepProgress {
  /** 1 for the first epoch. */
  readonly epoch: number;
  readonly epochs: number;
  /** 1 for the epoch's first step. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
  /** Means over the epoch so far, a few steps behind; undefined until they are known. */
  readonly loss: number | undefined;
  readonly accuracy: number | undefined;
  readonly learningRate: number;
}

/** Is told how a run goes. */
export interface TrainingObserver {
  onStep?(progress: StepProgress): void;
  onValidation?(epoch: number): void;
  onEpoch?(record: EpochRecord, isBest: boolean): void;
}
