import type { Reading } from '../reading.ts';
import type { FaceReading } from '../recognize/face-reading.ts';

/**
 * A face that is followed through time. `label`, `probability` and `probabilities` are smoothed over the frames so far, and
 * `unsure` judges the smoothed ones. The label stays until another is likelier by a margin or for a while, so for a moment
 * it may not be the likeliest; `probability` is its own.
 */
export interface TrackedFace extends FaceReading {
  /** The same number for the same face as long as it is followed; from 1, never used again. */
  readonly trackId: number;
  /** What the model reads in this frame alone. */
  readonly current: Reading;
  /** When the face was first seen, milliseconds on the frames' own clock. */
  readonly firstSeenMs: number;
}

/** One frame of a video and the faces in it. */
export interface TrackedFrame {
  /** Milliseconds from the start of the video, or on the clock that the caller keeps. */
  readonly timeMs: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The faces seen in this frame, by `trackId`. */
  readonly faces: readonly TrackedFace[];
}
