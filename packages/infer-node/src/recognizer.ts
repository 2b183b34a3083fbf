import type { DetectorCard, ModelCard } from '@mien/contract';
import type { FaceReading, Tensors, TrackedFrame } from '@mien/pipeline';
import type { ImageSource } from './image/image-source.ts';
import type { DeviceInUse } from './session/device.ts';
import type { GraphName } from './workers/jobs.ts';

/** What {@link Recognizer.recognize} can be told for one picture. */
export interface RecognizeOptions {
  /** Ends the waiting; the result is dropped. */
  readonly signal?: AbortSignal;
  /** Adds each aligned face to its reading, in colour, as a square of this many pixels. */
  readonly cropPx?: number;
  /**
   * Gives the picture's bytes away: they are moved to a worker instead of copied, and the caller's view of them is empty
   * from then on. Worth it for raw frames. A view into a larger buffer is copied all the same.
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
    /** From the file to pixels; 0 for a raw frame. */
    readonly decodeMs: number;
    /** Finding faces. */
    readonly detectMs: number;
    /** Aligning and reading them. */
    readonly readMs: number;
  };
}

/** What {@link Recognizer.runGraph} can be told. */
export interface RunGraphOptions {
  /** Ends the waiting; the result is dropped. */
  readonly signal?: AbortSignal;
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

/** Follows faces through frames that the caller has: from a camera, a WebSocket, a screen. */
export interface Tracker<Image = ImageSource> {
  /**
   * Recognizes the next frame. Several may be under way at once; faces are followed in the order of the calls, and each
   * result comes after those of the frames before it. A frame that fails is left out, and those after it go on.
   *
   * @throws what {@link Recognizer.recognize} throws.
   */
  next(image: Image, options?: NextFrameOptions): Promise<TrackedFrame>;
  /** Forgets every face, for a cut or a jump; the next frame may have any time. Numbers of faces go on. */
  reset(): void;
}

/** What {@link Recognizer.watch} can be told. */
export interface WatchOptions extends TrackOptions {
  /** Ends the watching. */
  readonly signal?: AbortSignal;
  /** Adds each aligned face to its reading, in colour, as a square of this many pixels. */
  readonly cropPx?: number;
  /** Frames per second that are looked at, at most; the video's own where it has fewer. 10 unless told otherwise. */
  readonly fps?: number;
}

/** Finds the faces in pictures and videos and reads their expressions. */
export interface Recognizer extends AsyncDisposable {
  /** The path of the expression model in use, or how many bytes were passed. */
  readonly model: string;
  /** Its card. */
  readonly card: ModelCard;
  /** The face detector's card. */
  readonly detectorCard: DetectorCard;
  /** Threads that hold the models. */
  readonly workers: number;
  /** How many pictures keep all threads busy: in each, one is decoded while another runs. More wait in the queue. */
  readonly concurrency: number;
  /** Where the models were asked to run, where they do, and why it is not the same where it is not. */
  readonly device: DeviceInUse;
  /** The largest difference between the outputs of the self-tests at load and those in the models' cards. */
  readonly selfTestDifference: number;
  /** Pictures that were handed in and have no result yet: what a server looks at before it takes more. */
  readonly pending: number;
  /**
   * Finds and reads the faces of one picture; of an animation, in its first frame.
   *
   * @returns the largest face first; none for a picture without faces.
   * @throws {UnreadableImageError} when there is no such file or the source is of no known kind.
   * @throws {UndecodableImageError} when the bytes are no whole picture.
   * @throws {ImageTooLargeError} when it has more bytes or pixels than is allowed.
   * @throws {InvalidFrameError} when a raw frame's bytes do not match its size.
   * @throws {InvalidCropSizeError} when `cropPx` is not a whole number from 1 to 4096.
   * @throws {QueueFullError} when as many pictures as `queueLimit` allows have no result yet.
   * @throws {AbortError} when the signal ends the waiting.
   * @throws {ClosedRecognizerError} after `close`.
   * @throws {WorkerCrashedError} when the thread ended in the middle.
   */
  recognize(image: ImageSource, options?: RecognizeOptions): Promise<FaceReading[]>;
  /**
   * Recognizes as {@link recognize} does, and tells the picture's size, which the boxes refer to, and how long it took.
   *
   * @throws what {@link recognize} throws.
   */
  recognizeImage(image: ImageSource, options?: RecognizeOptions): Promise<RecognizedImage>;
  /**
   * Runs one of the graphs on tensors, as `card.graph` and `detectorCard.graph` describe them.
   *
   * @returns the output that the card names.
   * @throws {InvalidTensorError} when the inputs are not those that the card describes.
   * @throws {QueueFullError}, {AbortError}, {ClosedRecognizerError}, {WorkerCrashedError} as {@link recognize} does.
   */
  runGraph(graph: GraphName, inputs: Tensors, options?: RunGraphOptions): Promise<Tensors>;
  /** Follows faces through frames that the caller hands in one by one. */
  track(options?: TrackOptions): Tracker;
  /**
   * Gives the frames of a video or an animation (GIF, WebP) in their order, faces followed from frame to frame and
   * smoothed. Reading goes on only as fast as the frames are taken; leaving the loop ends ffmpeg.
   *
   * @param video a path or a `file:` URL; addresses of the network are refused.
   * @throws {FfmpegNotFoundError} when there is no ffmpeg on this machine, and the file is no animation.
   * @throws {UnreadableVideoError} when there is no such file.
   * @throws {UndecodableVideoError} when it is no video that ffmpeg can decode.
   * @throws {AbortError} when the signal ends the watching.
   * @throws {ClosedRecognizerError} after `close`.
   */
  watch(video: string | URL, options?: WatchOptions): AsyncIterable<TrackedFrame>;
  /** Refuses new pictures, waits for those handed in, and ends the threads. Closing twice is fine. */
  close(): Promise<void>;
}
