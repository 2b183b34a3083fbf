import { MienError } from '@mien/contract';
import type { Frame } from '@mien/pipeline';
import { fileURLToPath } from 'node:url';

/** A picture of one face: a path, a `file:` URL, an encoded file's bytes (JPEG, PNG, WebP …), or raw RGBA. */
export type ImageSource = string | URL | Uint8Array | Frame;

/** A picture as it travels to a worker: with the name that errors call it by. */
export type NamedImage = { readonly name: string } & (
  { readonly path: string } | { readonly bytes: Uint8Array } | { readonly frame: Frame }
);

/** A picture cannot be read at all. */
export class UnreadableImageError extends MienError {
  override readonly name = 'UnreadableImageError';
  constructor(
    readonly image: string,
    /** Why, and what to do. */
    readonly reason: string,
  ) {
    super(`Cannot read ${image}: ${reason}.`);
  }
}

/** A picture was read, but its bytes are no picture that can be decoded. */
export class UndecodableImageError extends MienError {
  override readonly name = 'UndecodableImageError';
  constructor(
    readonly image: string,
    readonly reason: string,
  ) {
    super(`Cannot decode ${image}: ${reason}. Use a whole JPEG, PNG, WebP, GIF, AVIF or TIFF file.`);
  }
}

/** Posting a view to a thread copies all of the buffer that it looks into: cuts it out where that is more. */
const onlyItsBytes = <View extends Uint8Array | Uint8ClampedArray>(view: View): View =>
  view.byteLength === view.buffer.byteLength ? view : (view.slice() as View);

const isFrame = (source: unknown): source is Frame =>
  typeof source === 'object' &&
  source !== null &&
  'rgba' in source &&
  (source.rgba instanceof Uint8Array || source.rgba instanceof Uint8ClampedArray) &&
  'widthPx' in source &&
  'heightPx' in source;

const urlToPath = (url: URL): string => {
  if (url.protocol === 'file:') return fileURLToPath(url);
  throw new UnreadableImageError(
    url.href.slice(0, 200),
    `${url.protocol} addresses are not fetched; pass a file: URL, or fetch it and pass its bytes`,
  );
};

/**
 * Brings an image source into the form that workers take.
 *
 * @throws {UnreadableImageError} when it is none of the kinds that {@link ImageSource} lists.
 */
export const nameImage = (source: ImageSource): NamedImage => {
  if (typeof source === 'string') return { name: source, path: source };
  if (source instanceof URL) {
    const path = urlToPath(source);
    return { name: path, path };
  }
  if (source instanceof Uint8Array) {
    return { name: `an image of ${source.byteLength} bytes`, bytes: onlyItsBytes(source) };
  }
  if (isFrame(source)) {
    const { widthPx, heightPx, rgba } = source;
    const frame = { widthPx, heightPx, rgba: onlyItsBytes(rgba) };
    return { name: `a frame of ${widthPx}×${heightPx} px`, frame };
  }
  throw new UnreadableImageError(
    'an image',
    `it is of type ${typeof source}; pass a path, a file: URL, an encoded file's bytes, or { widthPx, heightPx, rgba }`,
  );
};
