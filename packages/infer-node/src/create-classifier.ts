import type { ModelCard } from '@mien/contract';
import { ClosedClassifierError, type Reading } from '@mien/pipeline';
import type { ImageSource } from './image/image-source.ts';
import { prepareImage } from './image/prepare-image.ts';
import { openIntake, type Intake } from './intake.ts';
import { EXPRESSION } from './model/graph-kinds.ts';
import { loadGraph, type LoadedGraph, type ModelSource } from './model/load-graph.ts';
import { shareBytes } from './model/share-bytes.ts';
import { resolveRuntimeOptions, type RuntimeOptions } from './runtime-options.ts';
import type { DeviceInUse } from './session/device.ts';
import { startOnDevice, type PoolOnDevice } from './workers/start-on-device.ts';

/** A model's card: its path or `file:` URL, or the card itself. */
export type CardSource = string | URL | ModelCard;

/** What {@link createClassifier} takes. */
export interface ClassifierOptions extends RuntimeOptions {
  /**
   * Path or `file:` URL of an ONNX file or of the folder that holds `model.onnx`; or the file's bytes. By default the
   * model that ships with Mien, `expressionModel.fp32` of `@mien/models`.
   */
  readonly model?: ModelSource;
  /** The model's card or where it is; by default `NAME.card.json` beside `NAME.onnx`. */
  readonly card?: CardSource;
}

/** What one call can be told. */
export interface ClassifyOptions {
  /** Ends the waiting; the result is dropped. */
  readonly signal?: AbortSignal;
}

/** Reads expressions in pictures of one face each. */
export interface Classifier extends AsyncDisposable {
  /** The path of the model in use, or how many bytes were passed. */
  readonly model: string;
  /** Its card. */
  readonly card: ModelCard;
  /** Where the model was asked to run and where it does. */
  readonly device: DeviceInUse;
  /** The largest difference between the probabilities of the self-test at load and those in the card. */
  readonly selfTestDifference: number;
  /** Pictures that were handed in and have no result yet: what a server looks at before it takes more. */
  readonly pending: number;
  /**
   * Classifies a picture of one face, cropped as the model's training pictures are.
   *
   * @throws {UnreadableImageError} when there is no such file or the source is of no known kind.
   * @throws {UndecodableImageError} when the bytes are no whole picture.
   * @throws {ImageTooLargeError} when it has more bytes or pixels than is allowed.
   * @throws {InvalidFrameError} when a raw frame's bytes do not match its size.
   * @throws {QueueFullError} when as many pictures as `queueLimit` allows have no result yet.
   * @throws {AbortError} when the signal ends the waiting.
   * @throws {ClosedClassifierError} after `close`.
   * @throws {WorkerCrashedError} when the thread ended in the middle.
   */
  classify(image: ImageSource, options?: ClassifyOptions): Promise<Reading>;
  /**
   * Classifies pictures on all workers at once.
   *
   * @returns one reading per picture, in their order, the same as `classify` gives.
   * @throws what `classify` throws for the first picture that fails; the others are dropped. To keep them, call
   *   `classify` for each under `Promise.allSettled`.
   */
  classifyMany(images: readonly ImageSource[], options?: ClassifyOptions): Promise<Reading[]>;
  /** Refuses new pictures, waits for those handed in, and ends the threads. Closing twice is fine. */
  close(): Promise<void>;
}

/** Runs one task per picture; the first that fails ends the others. */
const allOrNone = async (
  images: readonly ImageSource[],
  signal: AbortSignal | undefined,
  classify: Classifier['classify'],
): Promise<Reading[]> => {
  const all = new AbortController();
  const abort = (): void => all.abort(signal?.reason);
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.all(images.map((image) => classify(image, { signal: all.signal })));
  } catch (error) {
    all.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
};

const toClassifier = (
  { name, card }: LoadedGraph<ModelCard>,
  { pool, device }: PoolOnDevice,
  { intake, maxBytes }: { readonly intake: Intake; readonly maxBytes: number },
): Classifier => {
  const classify: Classifier['classify'] = (image, { signal } = {}) =>
    intake.hand({
      job: 'classify',
      prepare: () => prepareImage(image, { maxBytes, signal }, {}),
      signal,
    });
  return {
    model: name,
    card,
    device,
    selfTestDifference: Math.max(...pool.reports.map(({ selfTestDifference }) => selfTestDifference)),
    get pending() {
      return intake.pending;
    },
    classify,
    classifyMany: (images, { signal } = {}) => allOrNone(images, signal, classify),
    close: () => intake.close(),
    [Symbol.asyncDispose]: () => intake.close(),
  };
};

/**
 * Loads a model into worker threads, so that classifying never holds up the event loop, and checks it there: the file
 * against its card, and its outputs against the card's golden self-test.
 *
 * @throws {InvalidOptionError} when an option has a value that it cannot have.
 * @throws {ModelNotFoundError} when the model cannot be read.
 * @throws {ModelCardNotFoundError} when its card cannot.
 * @throws {InvalidModelCardError} when the card does not follow the schema.
 * @throws {GraphMismatchError} when the file is not the one that the card describes.
 * @throws {InvalidModelError} when ONNX Runtime cannot load it.
 * @throws {DeviceUnavailableError} when the device cannot be used here.
 * @throws {GoldenMismatchError} when the self-test fails.
 * @example
 * const classifier = await createClassifier(); // or { model: 'dist/training/residual/onnx' }
 * const { label, probability } = await classifier.classify('face.png');
 * await classifier.close();
 */
export const createClassifier = async (options: ClassifierOptions = {}): Promise<Classifier> => {
  const { device, workers, queueLimit, ...runtime } = resolveRuntimeOptions(options);
  const model = await loadGraph(EXPRESSION, options);
  const expression = { model: shareBytes(model.bytes), card: model.card };
  const started = await startOnDevice({ setup: { expression, ...runtime }, device, workers });
  const closedError = (): ClosedClassifierError => new ClosedClassifierError();
  const intake = openIntake(started.pool, { queueLimit, closedError });
  return toClassifier(model, started, { intake, maxBytes: runtime.maxBytes });
};
