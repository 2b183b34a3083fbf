import {
  ClosedRecognizerError,
  givenOptions,
  type RecognitionSettings,
  recognitionSettings,
} from '@mien/pipeline';
import { asyncDispose } from './async-dispose.ts';
import type { ImageSource } from './image/image-source.ts';
import { InvalidOptionError } from '@mien/contract';
import type { ModelSource } from './load/load-model.ts';
import type { RecognizedImage, Recognizer, RecognizeOptions, TrackOptions } from './recognizer.ts';
import type { RequestedDevice } from './runtime/runner.ts';
import { createTracker } from './track/create-tracker.ts';
import { watchVideo } from './watch/watch-video.ts';
import type { Opened } from './worker/jobs.ts';
import { postPicture } from './worker/post-picture.ts';
import { prepareSetup } from './worker/prepare-setup.ts';
import { startWorker, type WorkerClient } from './worker/start-worker.ts';

/** What {@link createRecognizer} takes. */
export interface RecognizerOptions extends RecognitionSettings, TrackOptions {
  /**
   * The expression model: an ONNX graph's address, relative to the page, or its bytes (only read). By default the model
   * that ships with Mien, `expressionModel.fp32` of `@mien/models`.
   */
  readonly model?: ModelSource['model'];
  /** The expression model's card: an address or the parsed JSON; by default `NAME.card.json` beside `NAME.onnx`. */
  readonly card?: ModelSource['card'];
  /** The face detector; by default the one that ships with Mien, `faceDetectorModel.fp32` of `@mien/models`. */
  readonly detector?: ModelSource;
  /**
   * `auto` (the default) computes on WebGPU where there is a real GPU, else on WebAssembly. `webgpu` also takes a
   * software adapter. Whatever is asked for, WebAssembly steps in where WebGPU is missing, fails, or computes wrongly;
   * `recognizer.device` says so.
   */
  readonly device?: RequestedDevice;
  /**
   * The folder that serves ONNX Runtime's `*.wasm` files, for pages that are built without a bundler that follows
   * `new URL(…, import.meta.url)`.
   */
  readonly assetsUrl?: string | URL;
  /** Gives up loading. */
  readonly signal?: AbortSignal;
}

const DEVICES: readonly RequestedDevice[] = ['auto', 'wasm', 'webgpu'];

const requirePositive = (option: string, value: number | undefined): void => {
  if (value !== undefined && !(value > 0)) throw new InvalidOptionError(option, value, 'a number over 0');
};

const requireSmoothing = (value: number | undefined): void => {
  if (value !== undefined && !(value >= 0 && Number.isFinite(value)))
    throw new InvalidOptionError('smoothingMs', value, 'a number from 0');
};

/** @throws {InvalidOptionError} when an option has a value that it cannot have. */
const checkOptions = ({ device, smoothingMs }: RecognizerOptions): void => {
  if (device !== undefined && !DEVICES.includes(device))
    throw new InvalidOptionError('device', device, `one of ${DEVICES.join(', ')}`);
  requireSmoothing(smoothingMs);
};

interface Started {
  readonly client: WorkerClient;
  readonly opened: Opened;
  /** What messages call the expression model. */
  readonly model: string;
}

/** Loads the models into a worker. @throws the signal's reason when that is aborted, and the worker's failure. */
const start = async (options: RecognizerOptions): Promise<Started> => {
  const { signal } = options;
  signal?.throwIfAborted();
  const { setup, model } = await prepareSetup(options);
  const client = startWorker();
  try {
    return { client, opened: await client.run({ job: 'open', task: setup, signal }), model };
  } catch (error) {
    client.terminate();
    signal?.throwIfAborted();
    throw error;
  }
};

const endWorker = async (client: WorkerClient): Promise<void> => {
  try {
    // The worker does one thing after the other: this comes after all that was handed in.
    await client.run({ job: 'close', task: undefined });
  } catch {
    // A worker that has crashed holds nothing any more.
  } finally {
    client.terminate();
  }
};

/** Recognizes pictures until it is closed; what was handed in by then is still done. */
const openIntake = (client: WorkerClient, closed: AbortSignal) => {
  const underWay = new Set<Promise<unknown>>();
  const recognizeImage = async (
    image: ImageSource,
    { minConfidence, maxFaces, ...rest }: RecognizeOptions = {},
  ): Promise<RecognizedImage> => {
    if (closed.aborted) throw new ClosedRecognizerError();
    const settings = recognitionSettings(givenOptions({ minConfidence, maxFaces }));
    const recognizing = postPicture(client, image, { ...rest, settings });
    underWay.add(recognizing);
    try {
      return await recognizing;
    } finally {
      underWay.delete(recognizing);
    }
  };
  return { underWay, recognizeImage };
};

const toRecognizer = (
  { client, opened, model }: Started,
  { device: requested = 'auto', unsureBelow, smoothingMs }: RecognizerOptions,
): Recognizer => {
  const closed = new AbortController();
  const { underWay, recognizeImage } = openIntake(client, closed.signal);
  let closing: Promise<void> | undefined;
  const tracking = (own: number | undefined) => {
    requireSmoothing(own);
    return givenOptions({ smoothingMs: own ?? smoothingMs, unsureBelow });
  };
  const close = (): Promise<void> => {
    closed.abort();
    return (closing ??= Promise.allSettled(underWay).then(() => endWorker(client)));
  };
  return {
    model,
    ...opened,
    get device() {
      return client.device ?? { requested, provider: 'wasm' };
    },
    get pending() {
      return underWay.size;
    },
    recognize: async (image, options) => (await recognizeImage(image, options)).faces,
    recognizeImage,
    track: ({ smoothingMs: own } = {}) => createTracker(recognizeImage, tracking(own)),
    watch: (video, onFrame, { smoothingMs: own, ...options } = {}) => {
      if (closed.signal.aborted) throw new ClosedRecognizerError();
      requirePositive('fps', options.fps);
      const means = { recognize: recognizeImage, tracking: tracking(own), closed: closed.signal };
      return watchVideo(video, onFrame, options, means);
    },
    close,
    [asyncDispose]: close,
  };
};

/**
 * Loads a face detector and an expression model into a worker, so that recognizing never holds up the page, and checks
 * them there: the files against their cards, and their outputs against the cards' golden self-tests, on the device that
 * will compute. Importing this package touches neither the DOM nor the network.
 *
 * @throws {InvalidOptionError} when an option has a value that it cannot have.
 * @throws {AssetError} when a model, a card or a WebAssembly file cannot be loaded; it names the address.
 * @throws {MissingCardError} when a model is given as bytes and no card is given.
 * @throws {InvalidModelCardError} when a card does not follow its schema.
 * @throws {GraphMismatchError} when a model is not the one that its card describes.
 * @throws {GoldenMismatchError} when a model computes wrongly even on WebAssembly.
 * @throws {RuntimeStartError} when WebAssembly cannot be started.
 * @throws {WorkerStartError} when the worker cannot.
 * @throws the signal's reason when `signal` is aborted.
 * @example
 * const recognizer = await createRecognizer();
 * for (const { box, label, probability } of await recognizer.recognize(fileInput.files[0])) …
 * const stop = recognizer.watch(video, ({ timeMs, faces }) => …);
 * await recognizer.close();
 */
export const createRecognizer = async (options: RecognizerOptions = {}): Promise<Recognizer> => {
  checkOptions(options);
  return toRecognizer(await start(options), options);
};
