import type { TensorBoardWriter } from '../report/tensorboard-writer.ts';
import type { EpochRecord } from './history.ts';
import type { TrainingObserver } from './training-observer.ts';

/** Tags for TensorBoard, which groups them by what stands before the slash. */
const CURVES = [
  ['train/loss', 'trainLoss'],
  ['train/accuracy', 'trainAccuracy'],
  ['validation/loss', 'validationLoss'],
  ['validation/accuracy', 'validationAccuracy'],
  ['validation/macro-f1', 'validationMacroF1'],
  ['validation/own-labels-accuracy', 'validationOwnAccuracy'],
  ['run/learning-rate', 'learningRate'],
  ['run/images-per-second', 'imagesPerSecond'],
] as const satisfies readonly (readonly [string, keyof EpochRecord])[];

/** Writes each epoch's figures to TensorBoard, and passes everything on to another observer. */
export const recordCurves = (
  board: TensorBoardWriter,
  observer: TrainingObserver | undefined,
): TrainingObserver => ({
  onStep: (progress) => observer?.onStep?.(progress),
  onValidation: (epoch) => observer?.onValidation?.(epoch),
  onEpoch: (record, isBest) => {
    for (const [tag, figure] of CURVES)
      if (record[figure] !== undefined) board.scalar(tag, record[figure], record.epoch);
    observer?.onEpoch?.(record, isBest);
  },
});
