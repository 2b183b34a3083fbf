export type { Classifier, FaceImage } from './classifier.ts';
export { createClassifier, type ClassifierOptions } from './create-classifier.ts';
export { createRecognizer, type RecognizerOptions } from './create-recognizer.ts';
export { UndecodableImageError, UnreadableImageError } from './image/image-errors.ts';
export type { ImageSource } from './image/image-source.ts';
export { imageToFrame } from './image/image-to-frame.ts';
export { AssetError } from './load/asset-error.ts';
export type { ModelSource } from './load/load-model.ts';
export { MissingCardError } from './load/missing-card-error.ts';
export type {
  NextFrameOptions,
  RecognizedImage,
  Recognizer,
  RecognizeOptions,
  Tracker,
  TrackOptions,
  WatchOptions,
} from './recognizer.ts';
export { RuntimeStartError } from './runtime/runtime-start-error.ts';
export { DeviceLostError } from './runtime/webgpu-device.ts';
export type { DeviceInUse, Provider, RequestedDevice } from './runtime/runner.ts';
export { WorkerCrashedError, WorkerStartError } from './worker/worker-errors.ts';
export {
  AbortError,
  GoldenMismatchError,
  GraphMismatchError,
  InvalidModelCardError,
  InvalidOptionError,
  MienError,
  isMienError,
  type DetectorCard,
  type ModelCard,
} from '@mien/contract';
export {
  ClosedClassifierError,
  ClosedRecognizerError,
  InvalidCropSizeError,
  InvalidFrameError,
  InvalidGraphOutputError,
  TimestampError,
  type BoundingBox,
  type DetectedFace,
  type FaceLandmarks,
  type FaceQuality,
  type FaceReading,
  type Frame,
  type LabelProbability,
  type Point,
  type QualityIssue,
  type Reading,
  type RecognitionSettings,
  type Tiles,
  type TrackedFace,
  type TrackedFrame,
  type UnsureReason,
} from '@mien/pipeline';
