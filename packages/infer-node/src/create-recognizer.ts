import type { DetectorCard, ModelCard } from '@mien/contract';
import { ClosedRecognizerError, type Tiles } from '@mien/pipeline';
import type { CardSource } from './create-classifier.ts';
import { givenOptions } from './given-options.ts';
import type { ImageSource } from './image/image-source.ts';
import { openIntake, type Intake } from './intake.ts';
import { InvalidOptionError } from './invalid-option-error.ts';
import { DETECTOR, EXPRESSION } from './model/graph-kinds.ts';
import { loadGraph, type LoadedGraph, type ModelSource } from './model/load-graph.ts';
import { shareBytes } from './model/share-bytes.ts';
import type { Recognizer, RecognizeOptions } from './recognizer.ts';
import { resolveRuntimeOptions, type RuntimeOptions } from './runtime-options.ts';
import { createTracker } from './track/create-tracker.ts';
import { watchVideo } from './video/watch-video.ts';
import type { RecognitionSettings, RecognizedFrame } from './workers/jobs.ts';
import { startOnDevice, type PoolOnDevice } from './workers/start-on-device.ts';

/** A face detector: its graph, and its card or where it is, by default `NAME.card.json` beside `NAME.onnx`. */
export interface DetectorSource {
  readonly model: ModelSource;
  readonly card?: string | URL | DetectorCard;
}

/** What {@link createRecognizer} takes. */
export interface RecognizerOptions extends RuntimeOptions {
  /**
   * The expression model: path or `file:` URL of an ONNX file or of the folder that holds `model.onnx`; or the file's
   * bytes. By default the model that ships with Mien, `expressionModel.fp32` of `@mien/models`.
   */
  readonly model?: ModelSource;
  /** The expression model's card or where it is; by default `NAME.card.json` beside `NAME.onnx`. */
  readonly card?: CardSource;
  /** The face detector; by default the one that ships with Mien, `faceDetectorModel.fp32` of `@mien/models`. */
  readonly detector?: DetectorSource;
  /** How sure the detector must be of a face, in (0, 1). */
  readonly minConfidence?: number;
  /** How many faces are read in one picture at most, the largest; no limit unless told otherwise. */
  readonly maxFaces?: number;
  /** How closely small faces are looked for. */
  readonly tiles?: Tiles;
  /** Below this probability of its label a reading is unsure, in [0, 1]. */
  readonly unsureBelow?: number;
  /** The ffmpeg that unpacks videos; `ffmpeg`, found on the `PATH`, unless told otherwise. */
  readonly ffmpeg?: string;
}

const requireFraction = (option: 'minConfidence' | 'unsureBelow', value: number | undefined): void => {
  if (value !== undefined && !(value >= 0 && value <= 1))
    throw new InvalidOptionError(option, value, 'a number from 0 to 1');
};

const recognitionSettings = ({
  minConfidence,
  maxFaces,
  tiles,
  unsureBelow,
}: RecognizerOptions): RecognitionSettings => {
  requireFraction('minConfidence', minConfidence);
  requireFraction('unsureBelow', unsureBelow);
  if (maxFaces !== undefined && !(maxFaces >= 1))
    throw new InvalidOptionError('maxFaces', maxFaces, 'a whole number from 1');
  return givenOptions({ minConfidence, maxFaces, tiles, unsureBelow });
};

const toRecognizer = (
  { name, card }: LoadedGraph<ModelCard>,
  { pool, device }: PoolOnDevice,
  {
    intake,
    options: { unsureBelow, ffmpeg = 'ffmpeg' },
    maxPixels,
  }: { readonly intake: Intake; readonly options: RecognizerOptions; readonly maxPixels: number },
): Recognizer => {
  const recognize = (
    image: ImageSource,
    { signal, cropPx, transfer }: RecognizeOptions = {},
  ): Promise<RecognizedFrame> =>
    intake.hand({ job: 'recognize', image, details: { cropPx }, signal, transfer });
  return {
    model: name,
    card,
    device,
    selfTestDifference: Math.max(...pool.reports.map(({ selfTestDifference }) => selfTestDifference)),
    get pending() {
      return intake.pending;
    },
    recognize: async (image, options) => (await recognize(image, options)).faces,
    track: ({ smoothingMs } = {}) => createTracker(recognize, givenOptions({ smoothingMs, unsureBelow })),
    watch: (video, options = {}) => {
      const tracking = givenOptions({ smoothingMs: options.smoothingMs, unsureBelow });
      return watchVideo(video, options, { intake, ffmpeg, maxPixels, tracking });
    },
    close: () => intake.close(),
    [Symbol.asyncDispose]: () => intake.close(),
  };
};

/**
 * Loads a face detector and an expression model into worker threads, so that recognizing never holds up the event loop,
 * and checks them there: the files against their cards, and their outputs against the cards' golden self-tests.
 *
 * @throws {InvalidOptionError} when an option has a value that it cannot have.
 * @throws {ModelNotFoundError} when a model cannot be read.
 * @throws {ModelCardNotFoundError} when its card cannot.
 * @throws {InvalidModelCardError} when a card does not follow its schema.
 * @throws {GraphMismatchError} when a file is not the one that its card describes.
 * @throws {InvalidModelError} when ONNX Runtime cannot load it.
 * @throws {DeviceUnavailableError} when the device that was named cannot be used here.
 * @throws {GoldenMismatchError} when a self-test fails.
 * @example
 * await using recognizer = await createRecognizer({ workers: 2 });
 * for (const { box, label, probability } of await recognizer.recognize('party.jpg')) …
 * for await (const { timeMs, faces } of recognizer.watch('clip.mp4', { fps: 10 })) …
 */
export const createRecognizer = async (options: RecognizerOptions = {}): Promise<Recognizer> => {
  const { device, workers, queueLimit, ...settings } = resolveRuntimeOptions(options);
  const recognition = recognitionSettings(options);
  const [model, detector] = await Promise.all([
    loadGraph(EXPRESSION, options),
    loadGraph(DETECTOR, options.detector ?? {}),
  ]);
  const started = await startOnDevice({
    setup: {
      expression: { model: shareBytes(model.bytes), card: model.card },
      detector: { model: shareBytes(detector.bytes), card: detector.card },
      recognition,
      ...settings,
    },
    device,
    workers,
  });
  const { maxBytes, maxPixels } = settings;
  const intake = openIntake(started.pool, {
    queueLimit,
    maxBytes,
    closedError: () => new ClosedRecognizerError(),
  });
  return toRecognizer(model, started, { intake, options, maxPixels });
};
