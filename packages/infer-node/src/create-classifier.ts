import { MienError, type ModelCard } from '@mien/contract';
import { ClosedClassifierError, type Reading } from '@mien/pipeline';
import { availableParallelism } from 'node:os';
import { DEVICES, type Device, type DeviceInUse } from './device.ts';
import { nameImage, type ImageSource } from './image-source.ts';
import { loadModel, type CardSource, type LoadedModel, type ModelSource } from './load-model.ts';
import { startWorkerPool, type WorkerPool } from './worker-pool.ts';

/** An option has a value that it cannot have. */
export class InvalidOptionError extends MienError {
  override readonly name = 'InvalidOptionError';
  constructor(
    readonly option: string,
    readonly value: unknown,
    readonly expected: string,
  ) {
    super(`Option "${option}" is ${JSON.stringify(value)}; it must be ${expected}.`);
  }
}

/** What {@link createClassifier} takes. */
export interface ClassifierOptions {
  /**
   * Path or `file:` URL of an ONNX file or of the folder that holds `model.onnx`; or the file's bytes. By default the
   * model that ships with Mien, `expressionModel.fp32` of `@mien/models`.
   */
  readonly model?: ModelSource;
  /** The model's card or where it is; by default `NAME.card.json` beside `NAME.onnx`. */
  readonly card?: CardSource;
  /** `cpu` unless told otherwise. */
  readonly device?: Device;
  /** Threads that each hold the model and classify one picture at a time; 1 unless told otherwise, WebGPU takes 1. */
  readonly workers?: number;
  /** CPU threads inside one run of the model; by default the machine's cores are shared out, 4 at most each. */
  readonly threads?: number;
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
   * @throws {InvalidFrameError} when a raw frame's bytes do not match its size.
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

const requireCount = (option: string, value: number): number => {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InvalidOptionError(option, value, 'a whole number from 1');
};

const checkOptions = ({
  device = 'cpu',
  workers = 1,
  threads = Math.min(4, Math.max(1, Math.floor(availableParallelism() / workers))),
}: ClassifierOptions): { device: Device; workers: number; threads: number } => {
  if (!DEVICES.includes(device))
    throw new InvalidOptionError('device', device, `one of ${DEVICES.join(', ')}`);
  requireCount('workers', workers);
  requireCount('threads', threads);
  if (device === 'webgpu' && workers > 1) {
    throw new InvalidOptionError(
      'workers',
      workers,
      '1 on WebGPU, whose runs must not overlap in one process',
    );
  }
  return { device, workers, threads };
};

const toClassifier = ({ name, card }: LoadedModel, pool: WorkerPool): Classifier => {
  let closing: Promise<void> | undefined;
  const [first] = pool.reports;
  if (first === undefined) throw new RangeError('A pool has at least one worker.');
  const classify: Classifier['classify'] = async (image, { signal } = {}) => {
    if (closing !== undefined) throw new ClosedClassifierError();
    return pool.classify(nameImage(image), signal);
  };
  const classifyMany: Classifier['classifyMany'] = async (images, { signal } = {}) => {
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
  const close = (): Promise<void> => (closing ??= pool.close());
  return {
    model: name,
    card,
    device: first.device,
    selfTestDifference: Math.max(...pool.reports.map(({ selfTestDifference }) => selfTestDifference)),
    get pending() {
      return pool.pending;
    },
    classify,
    classifyMany,
    close,
    [Symbol.asyncDispose]: close,
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
  const { device, workers, threads } = checkOptions(options);
  const model = await loadModel(options);
  const pool = await startWorkerPool({
    session: { model: model.bytes, card: model.card, device, threads },
    workers,
  });
  return toClassifier(model, pool);
};
