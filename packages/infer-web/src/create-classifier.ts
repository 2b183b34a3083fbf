import {
  classifyFaces,
  ClosedClassifierError,
  runSelfTest,
  type Reading,
  type RunGraph,
} from '@mien/pipeline';
import { asyncDispose } from './async-dispose.ts';
import type { Classifier } from './classifier.ts';
import { imageToFrame } from './image/image-to-frame.ts';
import { EXPRESSION, loadModel, type ModelSource } from './load/load-model.ts';
import { shippedModels } from './load/shipped-models.ts';
import { openDevice } from './runtime/open-device.ts';
import { toGraphFile, type RequestedDevice } from './runtime/runner.ts';

/** What {@link createClassifier} takes. */
export interface ClassifierOptions extends Omit<ModelSource, 'model'> {
  /**
   * The ONNX graph: an address, relative to the page, or its bytes (only read). By default the model that ships with
   * Mien, `expressionModel.fp32` of `@mien/models`.
   */
  readonly model?: ModelSource['model'];
  /**
   * `auto` (the default) computes on WebGPU where there is a real GPU, else on WebAssembly. `webgpu` also takes a
   * software adapter. Whatever is asked for, WebAssembly steps in where WebGPU is missing, fails, or computes wrongly;
   * `classifier.device` says so.
   */
  readonly device?: RequestedDevice;
  /**
   * The folder that serves ONNX Runtime's `*.wasm` files, for pages that are built without a bundler that follows
   * `new URL(…, import.meta.url)`. Only the first classifier of a page decides.
   */
  readonly assetsUrl?: string | URL;
  /** Gives up loading. */
  readonly signal?: AbortSignal;
}

/**
 * Loads a model into the browser and proves, with the golden self-test of its card, that it computes here what it
 * computed when it was exported. Importing this package touches neither the DOM nor the network, so that it can be
 * imported where pages are rendered on a server.
 *
 * @throws {AssetError} when the model, its card or a WebAssembly file cannot be loaded; it names the address.
 * @throws {MissingCardError} when the model is given as bytes and no card is given.
 * @throws {InvalidModelCardError} when the card does not follow its schema.
 * @throws {GraphMismatchError} when the model is not the one that its card describes.
 * @throws {GoldenMismatchError} when the model computes wrongly even on WebAssembly.
 * @throws {RuntimeStartError} when WebAssembly cannot be started.
 * @throws the signal's reason when `signal` is aborted.
 * @example
 * const classifier = await createClassifier(); // or { model: '/model/model.onnx' }
 * const { label, probability } = await classifier.classify(fileInput.files[0]);
 */
export const createClassifier = async ({
  device: requested = 'auto',
  assetsUrl,
  signal,
  model,
  ...rest
}: ClassifierOptions = {}): Promise<Classifier> => {
  const source =
    model === undefined ? { ...(await shippedModels()).expression, ...rest } : { model, ...rest };
  const loaded = await loadModel(EXPRESSION, source, signal);
  const { card } = loaded;
  const graphs = { expression: toGraphFile(loaded, runSelfTest) };
  const device = await openDevice({ requested, graphs, assetsUrl, signal });
  const runGraph: RunGraph = (inputs) => device.run('expression', inputs);
  let closing: Promise<void> | undefined;

  const classify = async (image: Parameters<Classifier['classify']>[0]): Promise<Reading> => {
    if (closing !== undefined) throw new ClosedClassifierError();
    const frame = await imageToFrame(image);
    if (closing !== undefined) throw new ClosedClassifierError();
    const [reading] = await classifyFaces({ frames: [frame], card, runGraph });
    return reading as Reading;
  };
  const close = (): Promise<void> => (closing ??= device.close());

  return {
    card,
    get device() {
      return device.inUse();
    },
    classify,
    close,
    [asyncDispose]: close,
  };
};
