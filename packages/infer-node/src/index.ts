export {
  AbortError,
  GoldenMismatchError,
  GraphMismatchError,
  InvalidModelCardError,
  InvalidOptionError,
  MienError,
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
  type Tensor,
  type Tensors,
  type Tiles,
  type TrackedFace,
  type TrackedFrame,
  type UnsureReason,
} from '@mien/pipeline';
export {
  createClassifier,
  type CardSource,
  type Classifier,
  type ClassifierOptions,
  type ClassifyOptions,
} from './create-classifier.ts';
export { createRecognizer, type DetectorSource, type RecognizerOptions } from './create-recognizer.ts';
export type { ByteStream } from './image/collect-bytes.ts';
export { ImageTooLargeError, UndecodableImageError, UnreadableImageError } from './image/image-errors.ts';
export type { ImageSource } from './image/image-source.ts';
export { InvalidModelError } from './model/invalid-model-error.ts';
export { ModelCardNotFoundError, ModelNotFoundError, type ModelSource } from './model/load-graph.ts';
export { QueueFullError } from './queue-full-error.ts';
export type {
  NextFrameOptions,
  RecognizedImage,
  Recognizer,
  RecognizeOptions,
  RunGraphOptions,
  Tracker,
  TrackOptions,
  WatchOptions,
} from './recognizer.ts';
export type { RuntimeOptions } from './runtime-options.ts';
export {
  DEVICES,
  DeviceUnavailableError,
  PROVIDERS,
  type Device,
  type DeviceInUse,
  type Provider,
} from './session/device.ts';
export { FfmpegNotFoundError, UndecodableVideoError, UnreadableVideoError } from './video/video-errors.ts';
export { InvalidTensorError } from './workers/invalid-tensor-error.ts';
export { GRAPHS, type GraphName } from './workers/jobs.ts';
export { WorkerCrashedError } from './workers/worker-crashed-error.ts';
