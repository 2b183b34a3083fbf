import type { Frame } from '@mien/pixels';
import type { DetectedFace } from '../detect/detected-face.ts';
import type { FaceQuality, QualityIssue } from '../quality/face-quality.ts';
import type { Reading } from '../reading.ts';

/** Why a reading should not be relied on: the model is torn between labels, or the face is hard to read. */
export type UnsureReason = 'ambiguous' | QualityIssue;

/** A face and what a model reads in it. Plain data: it survives JSON and `postMessage`. */
export interface FaceReading extends DetectedFace, Reading {
  readonly quality: FaceQuality;
  /** True where the label should not be relied on. The whole distribution is there all the same. */
  readonly unsure: boolean;
  /** Why, the weightiest first; empty where `unsure` is false. */
  readonly unsureReasons: readonly UnsureReason[];
  /** The face as it was aligned, in colour, where it was asked for. */
  readonly crop?: Frame;
}
