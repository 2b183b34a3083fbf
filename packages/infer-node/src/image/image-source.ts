import type { Frame } from '@mien/pipeline';
import { fileURLToPath } from 'node:url';
import { collectBytes, type ByteStream } from './collect-bytes.ts';
import { ImageTooLargeError, UnreadableImageError } from './image-errors.ts';

/**
 * A picture: a path, a `file:` URL, an encoded file (JPEG, PNG, WebP, GIF, AVIF, TIFF) as bytes, as a `Blob` or `File`,
 * or as a stream of bytes, Node's or the web's; or raw RGBA.
 */
export type ImageSource = string | URL | Uint8Array | ArrayBuffer | Blob | ByteStream | Frame;

/** A picture as it travels to a worker: with the name that errors call it by. */
export type NamedImage = { readonly name: string } & (
  { readonly path: string } | { readonly bytes: Uint8Array } | { readonly frame: Frame }
);

/** A picture and those of its buffers that are ours to give away. */
export interface PackedImage {
  readonly image: NamedImage;
  readonly transfer: readonly ArrayBuffer[];
}

/** How a source is brought into the form that workers take. */
export interface PackOptions {
  /** The most bytes that an encoded picture may have. */
  readonly maxBytes: number;
  /** True where the caller gives its bytes away: they are moved, not copied. */
  readonly transfer?: boolean | undefined;
  /** Ends the reading of a stream. */
  readonly signal?: AbortSignal | undefined;
}

type Bytes = Uint8Array | Uint8ClampedArray;

const isFrame = (source: object): source is Frame =>
  'rgba' in source &&
  (source.rgba instanceof Uint8Array || source.rgba instanceof Uint8ClampedArray) &&
  'widthPx' in source &&
  'heightPx' in source;

const isStream = (source: object): source is ByteStream => Symbol.asyncIterator in source;

const urlToPath = (url: URL): string => {
  if (url.protocol === 'file:') return fileURLToPath(url);
  throw new UnreadableImageError(
    url.href.slice(0, 200),
    `${url.protocol} addresses are not fetched; pass a file: URL, or fetch it and pass its bytes`,
  );
};

const namePath = (source: string | URL): PackedImage => {
  const address = typeof source === 'string' && /^https?:\/\//iu.test(source) ? new URL(source) : source;
  const path = typeof address === 'string' ? address : urlToPath(address);
  return { image: { name: path, path }, transfer: [] };
};

/**
 * Posting a view to a thread copies all of the buffer that it looks into: cuts its bytes out where that is more, or where
 * it is empty, for its buffer may be one that was moved before. A buffer that is ours, or was given away, is moved.
 */
const pack = (view: Bytes, isOurs: boolean): { view: Bytes; transfer: ArrayBuffer[] } => {
  const isWhole = view.byteLength > 0 && view.byteLength === view.buffer.byteLength;
  if (!isWhole) {
    const own = view.byteLength > 0 ? new Uint8Array(view) : new Uint8Array();
    return { view: own, transfer: [own.buffer] };
  }
  return { view, transfer: isOurs && view.buffer instanceof ArrayBuffer ? [view.buffer] : [] };
};

const packBytes = (bytes: Uint8Array, { maxBytes }: PackOptions, isOurs: boolean): PackedImage => {
  const name = `an image of ${bytes.byteLength} bytes`;
  if (bytes.byteLength > maxBytes) throw new ImageTooLargeError(name, 'maxBytes', maxBytes, bytes.byteLength);
  const { view, transfer } = pack(bytes, isOurs);
  return { image: { name, bytes: view as Uint8Array }, transfer };
};

const packFrame = ({ widthPx, heightPx, rgba }: Frame, isOurs: boolean): PackedImage => {
  const { view, transfer } = pack(rgba, isOurs);
  const frame = { widthPx, heightPx, rgba: view };
  return { image: { name: `a frame of ${widthPx}×${heightPx} px`, frame }, transfer };
};

const readBlob = async (blob: Blob, { maxBytes }: PackOptions): Promise<Uint8Array> => {
  const name = blob instanceof File ? blob.name : `an image of ${blob.size} bytes`;
  if (blob.size > maxBytes) throw new ImageTooLargeError(name, 'maxBytes', maxBytes, blob.size);
  return new Uint8Array(await blob.arrayBuffer());
};

const packObject = async (source: object, options: PackOptions): Promise<PackedImage | undefined> => {
  const isOurs = options.transfer ?? false;
  if (source instanceof Uint8Array) return packBytes(source, options, isOurs);
  if (source instanceof ArrayBuffer) return packBytes(new Uint8Array(source), options, isOurs);
  if (isFrame(source)) return packFrame(source, isOurs);
  if (source instanceof Blob) return packBytes(await readBlob(source, options), options, true);
  if (isStream(source)) return packBytes(await collectBytes(source, options), options, true);
  return undefined;
};

/**
 * Brings an image source into the form that workers take: reads streams and blobs whole, leaves files to the worker.
 *
 * @throws {UnreadableImageError} when it is none of the kinds that {@link ImageSource} lists, or a stream fails.
 * @throws {ImageTooLargeError} when it has more bytes than is allowed.
 */
export const packImage = async (source: ImageSource, options: PackOptions): Promise<PackedImage> => {
  if (typeof source === 'string' || source instanceof URL) return namePath(source);
  const packed =
    typeof source === 'object' && source !== null ? await packObject(source, options) : undefined;
  if (packed !== undefined) return packed;
  throw new UnreadableImageError(
    'an image',
    `it is of type ${typeof source}; pass a path, a file: URL, an encoded file's bytes, Blob or stream, ` +
      'or { widthPx, heightPx, rgba }',
  );
};
