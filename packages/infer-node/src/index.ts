export {
  GoldenMismatchError,
  GraphMismatchError,
  InvalidModelCardError,
  MienError,
  type ModelCard,
} from '@mien/contract';
export {
  ClosedClassifierError,
  InvalidFrameError,
  InvalidGraphOutputError,
  type Frame,
  type LabelProbability,
  type Reading,
} from '@mien/pipeline';
export { AbortError } from './abort-error.ts';
export {
  createClassifier,
  InvalidOptionError,
  type Classifier,
  type ClassifierOptions,
  type ClassifyOptions,
} from './create-classifier.ts';
export { DEVICES, DeviceUnavailableError, type Device, type DeviceInUse } from './device.ts';
export { UndecodableImageError, UnreadableImageError, type ImageSource } from './image-source.ts';
export {
  ModelCardNotFoundError,
  ModelNotFoundError,
  type CardSource,
  type ModelSource,
} from './load-model.ts';
export { InvalidModelError } from './invalid-model-error.ts';
export { WorkerCrashedError } from './worker-pool.ts';
