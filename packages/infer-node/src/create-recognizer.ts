import { type DetectorCard, InvalidOptionError, type ModelCard } from '@mien/contract';
import {
  ClosedRecognizerError,
  givenOptions,
  type RecognitionSettings,
  recognitionSettings,
} from '@mien/pipeline';
import type { CardSource } from './create-classifier.ts';
import type { ImageSource } from './image/image-source.ts';
import { prepareImage } from './image/prepare-image.ts';
import { openIntake, type Intake } from './intake.ts';
import { DETECTOR, EXPRESSION } from './model/graph-kinds.ts';
import { loadGraph, type LoadedGraph, type ModelSource } from './model/load-graph.ts';
import { shareBytes } from './model/share-bytes.ts';
import type { RecognizedImage, Recognizer, RecognizeOptions } from './recognizer.ts';
import { resolveRuntimeOptions, type RuntimeOptions } from './runtime-options.ts';
import { createTracker } from './track/create-tracker.ts';
import { watchVideo } from './video/watch-video.ts';
import { startOnDevice, type PoolOnDevice } from './workers/start-on-device.ts';

/** A face detector: its graph, and its card or where it is, by default `NAME.card.json` beside `NAME.onnx`. */
export interface DetectorSource {
  readonly model: ModelSource;
  readonly card?: string | URL | DetectorCard;
}

/** What {@link createRecognizer} takes. */
export interface RecognizerOptions extends RuntimeOptions, RecognitionSettings {
  /**
   * The expression model: path or `file:` URL of an ONNX file or of the folder that holds `model.onnx`; or the file's
   * bytes. By default the model that ships with Mien, `expressionModel.fp32` of `@mien/models`.
   */
  readonly model?: ModelSource;
  /** The expression model's card or where it is; by default `NAME.card.json` beside `NAME.onnx`. */
  readonly card?: CardSource;
  /** The face detector; by default the one that ships with Mien, `faceDetectorModel.fp32` of `@mien/models`. */
  readonly detector?: DetectorSource;
  /** The ffmpeg that unpacks videos; `ffmpeg`, found on the `PATH`, unless told otherwise. */
  readonly ffmpeg?: string;
}

/** What a recognizer is made of. */
interface Parts {
  readonly model: LoadedGraph<ModelCard>;
  readonly detector: LoadedGraph<DetectorCard>;
  readonly started: PoolOnDevice;
  readonly intake: Intake;
}

/** Recognizes one picture; a caller that paces itself is not held to the limit of the queue. */
type Recognize = (
  image: ImageSource,
  options: RecognizeOptions | undefined,
  paced?: boolean,
) => Promise<RecognizedImage>;

const recognizeWith =
  (intake: Intake, maxBytes: number): Recognize =>
  async (image, { signal, cropPx, transfer, minConfidence, maxFaces } = {}, paced = false) => {
    const settings = recognitionSettings(givenOptions({ minConfidence, maxFaces }));
    const prepare = () => prepareImage(image, { maxBytes, signal, transfer }, { settings, cropPx });
    return intake.hand({ job: 'recognize', prepare, signal, paced });
  };

const toRecognizer = (
  { model, detector, started: { pool, device }, intake }: Parts,
  {
    unsureBelow,
    ffmpeg = 'ffmpeg',
    maxBytes,
    maxPixels,
  }: RecognizerOptions & Required<Pick<RecognizerOptions, 'maxBytes' | 'maxPixels'>>,
): Recognizer => {
  const recognize = recognizeWith(intake, maxBytes);
  const tracking = (smoothingMs: number | undefined) => {
    if (smoothingMs !== undefined && !(smoothingMs >= 0 && Number.isFinite(smoothingMs)))
      throw new InvalidOptionError('smoothingMs', smoothingMs, 'a number from 0');
    return givenOptions({ smoothingMs, unsureBelow });
  };
  return {
    model: model.name,
    card: model.card,
    detectorCard: detector.card,
    workers: pool.reports.length,
    concurrency: pool.capacity,
    device,
    selfTestDifference: Math.max(...pool.reports.map(({ selfTestDifference }) => selfTestDifference)),
    get pending() {
      return intake.pending;
    },
    recognize: async (image, options) => (await recognize(image, options)).faces,
    recognizeImage: (image, options) => recognize(image, options),
    track: ({ smoothingMs } = {}) =>
      createTracker((image, options) => recognize(image, options), tracking(smoothingMs)),
    watch: (video, options = {}) =>
      watchVideo(video, options, {
        intake,
        concurrency: pool.capacity,
        recognize: (frame, how) => recognize(frame, how, true),
        tracking: tracking(options.smoothingMs),
        ffmpeg,
        maxPixels,
      }),
    runGraph: (graph, inputs, { signal } = {}) => {
      const task = { name: `the graph ${graph}`, task: { graph, inputs }, transfer: [] };
      return intake.hand({ job: 'runGraph', prepare: () => Promise.resolve(task), signal });
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
  const { device, workers, queueLimit, ...runtime } = resolveRuntimeOptions(options);
  const recognition = recognitionSettings(options);
  const [model, detector] = await Promise.all([
    loadGraph(EXPRESSION, options),
    loadGraph(DETECTOR, options.detector ?? {}),
  ]);
  const setup = {
    expression: { model: shareBytes(model.bytes), card: model.card },
    detector: { model: shareBytes(detector.bytes), card: detector.card },
    recognition,
    ...runtime,
  };
  const started = await startOnDevice({ setup, device, workers });
  const closedError = (): ClosedRecognizerError => new ClosedRecognizerError();
  const intake = openIntake(started.pool, { queueLimit, closedError });
  return toRecognizer({ model, detector, started, intake }, { ...options, ...runtime });
};
