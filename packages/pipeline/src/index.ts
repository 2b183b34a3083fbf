export { InvalidFrameError, type Frame } from '@mien/pixels';
export { alignFace } from './align/align-face.ts';
export { cropFace } from './align/crop-face.ts';
export { FACE_MARGIN, type FaceMargin } from './align/face-square.ts';
export { InvalidCropSizeError } from './align/invalid-crop-size-error.ts';
export { classifyFaces } from './classify-faces.ts';
export { ClosedClassifierError } from './closed-classifier-error.ts';
export { ClosedRecognizerError } from './closed-recognizer-error.ts';
export { detectFaces, type DetectFacesParams } from './detect/detect-faces.ts';
export type { BoundingBox, DetectedFace, FaceLandmarks, Point } from './detect/detected-face.ts';
export type { Tiles } from './detect/find-candidates.ts';
export { intersectionOverUnion } from './detect/overlap.ts';
export type { Detector, RunnableDetectorCard } from './detect/run-detector.ts';
export { runDetectorSelfTest } from './detect/run-detector-self-test.ts';
export { givenOptions, type Given } from './given-options.ts';
export { QUALITY_ISSUES, type FaceQuality, type QualityIssue } from './quality/face-quality.ts';
export { judgeQuality, type AlignedFace } from './quality/judge-quality.ts';
export type { LabelProbability, Reading } from './reading.ts';
export type { FaceReading, UnsureReason } from './recognize/face-reading.ts';
export { InvalidGraphOutputError } from './read-output.ts';
export { readFaces, type ExpressionModel, type ReadOptions } from './recognize/read-faces.ts';
export { recognitionSettings, type RecognitionSettings } from './recognize/recognition-settings.ts';
export { recognizeFaces, type RecognizeFacesOptions } from './recognize/recognize-faces.ts';
export { UNSURE_BELOW } from './recognize/unsure.ts';
export type { RunGraph, Tensor, Tensors } from './run-graph.ts';
export type { RunnableCard } from './run-model.ts';
export { runSelfTest } from './run-self-test.ts';
export {
  createFaceTracker,
  type FaceTracker,
  type FaceTrackerOptions,
  type ReadFrame,
} from './track/create-face-tracker.ts';
export type { SmoothingOptions } from './track/smoothed-reading.ts';
export { TimestampError } from './track/timestamp-error.ts';
export type { TrackedFace, TrackedFrame } from './track/tracked-face.ts';
