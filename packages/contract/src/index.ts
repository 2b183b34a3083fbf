export { AbortError } from './abort-error.ts';
export { describeError } from './describe-error.ts';
export {
  CANDIDATE_FIELDS,
  DETECTOR_CARD_SCHEMA_VERSION,
  detectorCardSchema,
  type DetectorCard,
} from './detector-card.ts';
export { FER2013_LABELS, FERPLUS_LABELS } from './emotions.ts';
export { checkGolden, goldenInput, GoldenMismatchError } from './golden.ts';
export { GraphMismatchError } from './graph-mismatch-error.ts';
export { headsOf, MAIN_OUTPUT, type Head } from './heads.ts';
export { InvalidOptionError } from './invalid-option-error.ts';
export { largestDifference } from './largest-difference.ts';
export { isMienError, MienError } from './mien-error.ts';
export {
  MODEL_CARD_SCHEMA_VERSION,
  modelCardSchema,
  trainedModelCardSchema,
  type Evaluation,
  type MeasuredPrecision,
  type ModelCard,
  type OtherHead,
  type Precision,
  type Robustness,
  type TrainedModelCard,
} from './model-card.ts';
export { packError, unpackError, type ErrorClasses, type PackedError } from './packed-error.ts';
export {
  InvalidModelCardError,
  parseDetectorCard,
  parseModelCard,
  parseTrainedModelCard,
} from './parse-model-card.ts';
export { createRandom, mixSeed, shuffled, type Random } from './random.ts';
