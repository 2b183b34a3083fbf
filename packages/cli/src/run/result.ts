import type { FaceReading, TrackedFrame } from '@mien/pipeline';
import type { Input } from '../inputs/input.ts';

/** A picture that was read. */
export interface PictureResult {
  readonly input: Input;
  /** Upright, as its faces' boxes count. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** The largest first. */
  readonly faces: readonly FaceReading[];
}

/** A frame of a video, with its place among those that were looked at. */
export interface VideoFrame extends TrackedFrame {
  /** From 0. */
  readonly index: number;
}

/** Why one input has no result, or lost some of what was to be made of it. */
export interface Failure {
  /** As the command line named it. */
  readonly name: string;
  readonly error: Error;
}

/** What a run came to. */
export interface Summary {
  readonly pictures: number;
  readonly videos: number;
  /** Faces in pictures, and faces that were followed in videos. */
  readonly faces: number;
  readonly unsureFaces: number;
  readonly failed: number;
  readonly seconds: number;
}
