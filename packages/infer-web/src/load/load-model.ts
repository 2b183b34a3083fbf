import { GraphMismatchError, MienError, parseModelCard, type ModelCard } from '@mien/contract';
import { AssetError } from './asset-error.ts';
import { fetchBytes } from './fetch-bytes.ts';

/** Where a model and its card come from. */
export interface ModelSource {
  /** The ONNX graph: an address, relative to the page, or its bytes (only read). */
  readonly model: string | URL | ArrayBuffer | Uint8Array;
  /** Its card: an address or the parsed JSON. Default: beside the model, `model.card.json` for `model.onnx`. */
  readonly card?: string | URL | object;
}

/** A model that has been loaded and checked against its card. */
export interface LoadedModel {
  readonly bytes: Uint8Array;
  readonly card: ModelCard;
}

/** A model was given as bytes, without the card that says what they mean. */
export class MissingCardError extends MienError {
  override readonly name = 'MissingCardError';
  constructor() {
    super(
      'A model given as bytes has no address to find its card beside. Pass the model.card.json as `card`.',
    );
  }
}

const absolute = (url: string | URL): string =>
  new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href).href;

const isAddress = (value: unknown): value is string | URL =>
  typeof value === 'string' || value instanceof URL;

const cardBeside = (model: ModelSource['model']): string => {
  if (!isAddress(model)) throw new MissingCardError();
  const url = new URL(absolute(model));
  url.pathname = url.pathname.endsWith('.onnx')
    ? `${url.pathname.slice(0, -'.onnx'.length)}.card.json`
    : new URL('model.card.json', url).pathname;
  return url.href;
};

const loadCard = async (source: string | URL | object, signal?: AbortSignal): Promise<ModelCard> => {
  if (!isAddress(source)) return parseModelCard(source);
  const url = absolute(source);
  const bytes = await fetchBytes({ asset: "the model's card", url, signal });
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new AssetError("the model's card", url, 'the file is not JSON', { cause });
  }
  return parseModelCard(json, url);
};

const loadBytes = (model: ModelSource['model'], signal?: AbortSignal): Uint8Array | Promise<Uint8Array> => {
  if (isAddress(model)) return fetchBytes({ asset: 'the model', url: absolute(model), signal });
  return ArrayBuffer.isView(model) ? model : new Uint8Array(model);
};

/** @throws {GraphMismatchError} unless the bytes are those that the card describes. */
const checkHash = async (model: ModelSource['model'], bytes: Uint8Array, card: ModelCard): Promise<void> => {
  // Browsers withhold hashing from pages that are not served securely; the golden self-test alone guards those.
  if (globalThis.crypto?.subtle === undefined) return;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (actual === card.graph.sha256) return;
  const name = isAddress(model) ? absolute(model) : `The model of ${bytes.byteLength} bytes`;
  throw new GraphMismatchError(name, card.graph.sha256, actual);
};

/**
 * Loads a model and its card side by side and checks that they belong together.
 *
 * @throws {AssetError} when one of them cannot be downloaded.
 * @throws {MissingCardError} when the model is given as bytes and no card is given.
 * @throws {InvalidModelCardError} when the card does not follow its schema.
 * @throws {GraphMismatchError} when the bytes are not those that the card describes.
 * @throws the signal's reason when `signal` is aborted.
 */
export const loadModel = async ({ model, card }: ModelSource, signal?: AbortSignal): Promise<LoadedModel> => {
  signal?.throwIfAborted();
  const cardSource = card ?? cardBeside(model);
  const [bytes, parsedCard] = await Promise.all([loadBytes(model, signal), loadCard(cardSource, signal)]);
  await checkHash(model, bytes, parsedCard);
  signal?.throwIfAborted();
  return { bytes, card: parsedCard };
};
