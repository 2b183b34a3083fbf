import {
  GraphMismatchError,
  parseDetectorCard,
  parseModelCard,
  type DetectorCard,
  type ModelCard,
} from '@mien/contract';
import { absolute, isAddress } from './address.ts';
import { AssetError } from './asset-error.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { MissingCardError } from './missing-card-error.ts';

/** Where a model and its card come from. */
export interface ModelSource {
  /** The ONNX graph: an address, relative to the page, or its bytes (only read). */
  readonly model: string | URL | ArrayBuffer | Uint8Array;
  /** Its card: an address or the parsed JSON. Default: beside the model, `model.card.json` for `model.onnx`. */
  readonly card?: string | URL | object;
}

/** A model that has been loaded and checked against its card. */
export interface LoadedModel<Card> {
  readonly bytes: Uint8Array;
  readonly card: Card;
}

/** A kind of model: what messages call it, and how its card is read. */
export interface ModelKind<Card> {
  readonly name: string;
  readonly parseCard: (json: unknown, source?: string) => Card;
}

/** Models that name the expression of an aligned face. */
export const EXPRESSION: ModelKind<ModelCard> = { name: 'the model', parseCard: parseModelCard };

/** Models that find faces in a picture. */
export const DETECTOR: ModelKind<DetectorCard> = { name: 'the face detector', parseCard: parseDetectorCard };

const cardBeside = (model: ModelSource['model']): string => {
  if (!isAddress(model)) throw new MissingCardError();
  const url = new URL(absolute(model));
  url.pathname = url.pathname.endsWith('.onnx')
    ? `${url.pathname.slice(0, -'.onnx'.length)}.card.json`
    : new URL('model.card.json', url).pathname;
  return url.href;
};

const loadCard = async <Card>(
  { name, parseCard }: ModelKind<Card>,
  source: string | URL | object,
  signal?: AbortSignal,
): Promise<Card> => {
  if (!isAddress(source)) return parseCard(source);
  const url = absolute(source);
  const asset = `${name}'s card`;
  const bytes = await fetchBytes({ asset, url, signal });
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new AssetError(asset, url, 'the file is not JSON', { cause });
  }
  return parseCard(json, url);
};

const loadBytes = (
  asset: string,
  model: ModelSource['model'],
  signal?: AbortSignal,
): Uint8Array | Promise<Uint8Array> => {
  if (isAddress(model)) return fetchBytes({ asset, url: absolute(model), signal });
  return ArrayBuffer.isView(model) ? model : new Uint8Array(model);
};

/** @throws {GraphMismatchError} unless the bytes are those that the card describes. */
const checkHash = async (
  model: ModelSource['model'],
  bytes: Uint8Array,
  { graph: { sha256 } }: Pick<ModelCard, 'graph'>,
): Promise<void> => {
  // Browsers withhold hashing from pages that are not served securely; the golden self-test alone guards those.
  if (globalThis.crypto?.subtle === undefined) return;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (actual === sha256) return;
  const name = isAddress(model) ? absolute(model) : `The model of ${bytes.byteLength} bytes`;
  throw new GraphMismatchError(name, sha256, actual);
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
export const loadModel = async <Card extends Pick<ModelCard, 'graph'>>(
  kind: ModelKind<Card>,
  { model, card }: ModelSource,
  signal?: AbortSignal,
): Promise<LoadedModel<Card>> => {
  signal?.throwIfAborted();
  const cardSource = card ?? cardBeside(model);
  const [bytes, parsedCard] = await Promise.all([
    loadBytes(kind.name, model, signal),
    loadCard(kind, cardSource, signal),
  ]);
  await checkHash(model, bytes, parsedCard);
  signal?.throwIfAborted();
  return { bytes, card: parsedCard };
};
