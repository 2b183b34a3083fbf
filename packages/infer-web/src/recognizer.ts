import type { DetectorCard, ModelCard } from '@mien/contract';
import type { FaceReading, TrackedFrame } from '@mien/pipeline';
import type { ImageSource } from './image/image-source.ts';
import type { DeviceInUse } from './runtime/runner.ts';

/** What {@link Recognizer.recognize} can be told for one picture. */
export interface RecognizeOptions {
  /** Ends the waiting; the result is dropped. */
  readonly signal?: AbortSignal;
  /** Adds each aligned face to its reading, in colour, as a square of this many pixels. */
  readonly cropPx?: number;
  /**
   * Gives the picture away: a bitmap, a frame of a video or raw pixels are moved to the worker instead of copied, and
   * the caller's are empty from then on.
   */
  readonly transfer?: boolean;
  /** How sure the detector must be of a face, in (0, 1]; as the recognizer was told unless told otherwise. */
  readonly minConfidence?: number;
  /** How many faces are read at most, the largest; as the recognizer was told unless told otherwise. */
  readonly maxFaces?: number;
}

/** The faces of one picture, in pixels of the picture as it is seen: turned upright by its EXIF orientation. */
export interface RecognizedImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** The largest first. */
  readonly faces: FaceReading[];
  /** How long the worker took for each part, milliseconds. */
  readonly timing: {
    /** From the file to pixels; next to nothing for raw pixels. */
    readonly decodeMs: number;
    /** Finding faces. */
    readonly detectMs: number;
    /** Aligning and reading them. */
    readonly readMs: number;
  };
}

/** How faces are followed from frame to frame. */
export interface TrackOptions {
  /** How long a reading takes to follow a change: the time constant of the smoothing, milliseconds. */
  readonly smoothingMs?: number;
}

/** What {@link Tracker.next} can be told for one frame. */
export interface NextFrameOptions extends RecognizeOptions {
  /** When the frame was taken, milliseconds on any clock that does not run backwards; by default, now. */
  readonly timeMs?: number;
}

/** Follows faces through frames that the caller has: from a canvas, a decoder, a screen. */
export interface Tracker {
  /**
   * Recognizes the next frame. Several may be under way at once; faces are followed in the order of the calls, and each
   * result comes after those of the frames before it. A frame that fails is left out, and those after it go on.
   *
   * @throws what {@link Recognizer.recognize} throws.
   */
  next(image: ImageSource, options?: NextFrameOptions): Promise<TrackedFrame>;
  /** Forgets every face, for a cut or a jump; the next frame may have any time. Numbers of faces go on. */
  reset(): void;
}

/** What {@link Recognizer.watch} can be told. */
export interface WatchOptions extends TrackOptions {
  /** Ends the watching. */
  readonly signal?: AbortSignal;
  /** Adds each aligned face to its reading, in colour, as a square of this many pixels. */
  readonly cropPx?: number;
  /** Frames per second that are looked at, at most; as many as the device manages unless told otherwise. */
  readonly fps?: number;
  /** Told, once, of what ended the watching; without it, the page's `error` event tells. */
  readonly onError?: (error: unknown) => void;
}

/** Finds the faces in pictures and videos and reads their expressions, in a worker. Nothing leaves the machine. */
export interface Recognizer extends AsyncDisposable {
  /** The address of the expression model in use, or how many bytes were passed. */
  readonly model: string;
  /** Its card. */
  readonly card: ModelCard;
  /** The face detector's card. */
  readonly detectorCard: DetectorCard;
  /**
   * Where the models were asked to run, where they do, and why it is not the same where it is not. Read it again after a
   * result: a device that fails on the way is replaced by WebAssembly.
   */
  readonly device: DeviceInUse;
  /** The largest difference between the outputs of the self-tests at load and those in the models' cards. */
  readonly selfTestDifference: number;
  /** Pictures that were handed in and have no result yet. */
  readonly pending: number;
  /**
   * Finds and reads the faces of one picture; of a video, in what it shows now. Calls may overlap; pictures are
   * recognized one after the other.
   *
   * @returns the largest face first; none for a picture without faces.
   * @throws {UndecodableImageError} when the picture cannot be decoded.
   * @throws {UnreadableImageError} when the browser hides the pixels of a picture from another origin.
   * @throws {InvalidFrameError} when a raw frame's bytes do not match its size.
   * @throws {InvalidOptionError} when an option has a value that it cannot have.
   * @throws {InvalidCropSizeError} when `cropPx` is not a whole number from 1 to 4096.
   * @throws {AbortError} when the signal ends the waiting.
   * @throws {ClosedRecognizerError} after `close`.
   * @throws {WorkerCrashedError} when the worker ended in the middle.
   */
  recognize(image: ImageSource, options?: RecognizeOptions): Promise<FaceReading[]>;
  /**
   * Recognizes as {@link recognize} does, and tells the picture's size, which the boxes refer to, and how long it took.
   *
   * @throws what {@link recognize} throws.
   */
  recognizeImage(image: ImageSource, options?: RecognizeOptions): Promise<RecognizedImage>;
  /** Follows faces through frames that the caller hands in one by one. */
  track(options?: TrackOptions): Tracker;
  /**
   * Looks at a video or a camera as it plays, faces followed from frame to frame and smoothed. One frame is under way at
   * a time, and those that are shown meanwhile are dropped, never queued. After a jump in the video faces are others.
   * While the video is paused or the page hidden, nothing is looked at; it goes on by itself.
   *
   * @param onFrame is given each frame that was looked at, with the video's own time.
   * @returns ends the watching; nothing is told from then on.
   * @throws {ClosedRecognizerError} after `close`.
   * @throws {InvalidOptionError} when an option has a value that it cannot have.
   */
  watch(video: HTMLVideoElement, onFrame: (frame: TrackedFrame) => void, options?: WatchOptions): () => void;
  /** Ends all watching, refuses new pictures, waits for those handed in, and ends the worker. Closing twice is fine. */
  close(): Promise<void>;
}
