export type { Classifier, DeviceInUse, FaceImage } from './classifier.ts';
export { createClassifier, type ClassifierOptions } from './create-classifier.ts';
export { imageToFrame, UndecodableImageError, UnreadableImageError } from './image/image-to-frame.ts';
export { AssetError } from './load/asset-error.ts';
export { MissingCardError } from './load/load-model.ts';
export { RuntimeStartError } from './runtime/runtime-start-error.ts';
export { DeviceLostError } from './runtime/webgpu-device.ts';
export type { Provider, RequestedDevice } from './runtime/runner.ts';
export {
  GoldenMismatchError,
  GraphMismatchError,
  InvalidModelCardError,
  MienError,
  isMienError,
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
