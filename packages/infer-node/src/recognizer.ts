import type { ModelCard } from '@mien/contract';
import type { FaceReading, TrackedFrame } from '@mien/pipeline';
import type { DeviceInUse } from './device.ts';
import type { ImageSource } from './image-source.ts';

/** What {@link Recognizer.recognize} can be told for one picture. */
export interface RecognizeOptions {
  /** Ends the waiting; the result is dropped. */
  readonly signal?: AbortSignal;
  /** Adds each aligned face to its reading, in colour, as a square of this many pixels. */
  readonly cropPx?: number;
}

/** What {@link Recognizer.watch} can be told. */
export interface WatchOptions extends RecognizeOptions {
  /** Frames per second that are looked at; the video's own rate where it is lower. 10 unless told otherwise. */
  readonly fps?: number;
  /** How long a reading takes to follow a change: the time constant of the smoothing, milliseconds. */
  readonly smoothingMs?: number;
}

/** Finds the faces in pictures and videos and reads their expressions. */
export interface Recognizer extends AsyncDisposable {
  /** The path of the expression model in use, or how many bytes were passed. */
  readonly model: string;
  /** Its card. */
  readonly card: ModelCard;
  /** Where the models were asked to run, where they do, and why it is not the same where it is not. */
  readonly device: DeviceInUse;
  /** Pictures that were handed in and have no result yet: what a server looks at before it takes more. */
  readonly pending: number;
  /** The faces of one picture, the largest first; none for a picture without faces. */
  recognize(image: ImageSource, options?: RecognizeOptions): Promise<FaceReading[]>;
  /** The frames of a video or an animation in their order, faces followed from frame to frame and smoothed. */
  watch(video: string | URL, options?: WatchOptions): AsyncIterable<TrackedFrame>;
  /** Refuses new pictures, waits for those handed in, and ends the threads. Closing twice is fine. */
  close(): Promise<void>;
}
