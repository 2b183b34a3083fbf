import { MienError, type Precision, type TrainedModelCard } from '@mien/contract';
import type { ActivationRanges } from '../precision/activation-ranges.ts';
import type { ImageSet } from '../precision/image-set.ts';
import type { LabelledImages } from '../precision/score-labels.ts';
import { GRAPH_OUTPUT } from './make-model-card.ts';

/** The labels of one output of a model. */
export interface Head {
  readonly output: string;
  readonly labels: readonly string[];
}

/** Which precisions an export writes, and what it takes to make them. Pictures are read by whoever asks. */
export interface PrecisionRequest {
  readonly precisions: readonly Precision[];
  /** Reads the images that int8 is calibrated on. */
  readonly readCalibration?: ((input: TrainedModelCard['input']) => Promise<ImageSet>) | undefined;
  /** What an earlier calibration found, used where there are no images. */
  readonly ranges?: ActivationRanges | undefined;
  /** Reads images whose class is known, which each precision is scored on. */
  readonly readEvaluation?:
    ((input: TrainedModelCard['input'], heads: readonly Head[]) => Promise<LabelledImages>) | undefined;
  /** What int8's mean difference of a probability should stay below. */
  readonly errorTarget: number;
  /** How many layers may stay in float to get there. */
  readonly floatBudget: number;
}

/** int8 was asked for without anything to choose its scales by. */
export class NoCalibrationError extends MienError {
  override readonly name = 'NoCalibrationError';
  constructor() {
    super(
      'int8 needs to know what numbers flow in the model: give --calibrate and a folder of faces, ' +
        'or --ranges and the file that an earlier calibration wrote.',
    );
  }
}

/** What was read for a request. */
export interface PrecisionInputs {
  readonly calibrationImages?: ImageSet | undefined;
  readonly evaluationImages?: LabelledImages | undefined;
}

/** The outputs of a model and their labels, the main one first. */
const headsOf = ({ labels, otherHeads = [] }: TrainedModelCard): Head[] => [
  { output: GRAPH_OUTPUT, labels },
  ...otherHeads,
];

/**
 * Reads the images that a request needs, so that what is wrong with them shows before the long work starts.
 *
 * @throws {NoCalibrationError} when int8 has neither images nor ranges.
 * @throws whatever the request's readers throw.
 */
export const readPrecisionInputs = async (
  { precisions, readCalibration, ranges, readEvaluation }: PrecisionRequest,
  card: TrainedModelCard,
): Promise<PrecisionInputs> => {
  const isQuantized = precisions.includes('int8');
  if (isQuantized && readCalibration === undefined && ranges === undefined) throw new NoCalibrationError();
  const calibrationImages = isQuantized ? await readCalibration?.(card.input) : undefined;
  return { calibrationImages, evaluationImages: await readEvaluation?.(card.input, headsOf(card)) };
};
