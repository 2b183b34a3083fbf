import type { Frame } from '@mien/pipeline';
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { ImageTooLargeError, UndecodableImageError } from './image-errors.ts';

/** What is decoded, and how much of it. */
export interface DecodeLimits {
  /** What errors call the picture. */
  readonly name: string;
  /** Pictures beyond this are refused before they are unpacked: a few kilobytes can hold gigapixels. */
  readonly maxPixels: number;
}

/** What the photographs of servers and browsers come as. Other formats that sharp knows, such as SVG, are programs. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff']);

/** An error of sharp as one of ours. */
export const toUndecodable = (error: unknown, name: string): UndecodableImageError => {
  const said = (error as Error).message.replaceAll(/\s+/gu, ' ').trim();
  if (said.includes('unsupported image format')) return new UndecodableImageError(name, 'it is no picture');
  return new UndecodableImageError(name, said.replace(/^Input buffer /u, 'it '));
};

/**
 * Opens a picture to be read from top to bottom, unless told otherwise: a third faster, and no pixel is held twice.
 * Colour profiles are ignored, as in the browser, where reading pixels converted would depend on the screen.
 */
export const openImage = (encoded: Uint8Array, options: SharpOptions = {}): Sharp =>
  sharp(encoded, {
    failOn: 'warning',
    limitInputPixels: false,
    ignoreIcc: true,
    sequentialRead: true,
    ...options,
  });

/**
 * Reads what a picture says of itself; its width and height are those of one frame, as it is stored.
 *
 * @throws {UndecodableImageError} when the bytes are no picture of a format that is taken.
 * @throws {ImageTooLargeError} when it has too many pixels.
 */
export const readMetadata = async (
  encoded: Uint8Array,
  { name, maxPixels }: DecodeLimits,
): Promise<Metadata> => {
  if (encoded.byteLength === 0) throw new UndecodableImageError(name, 'it is empty');
  const metadata = await openImage(encoded)
    .metadata()
    .catch((error: unknown) => {
      throw toUndecodable(error, name);
    });
  const { format, width, height } = metadata;
  if (!FORMATS.has(format)) throw new UndecodableImageError(name, `it is of format ${format}`);
  if (width * height > maxPixels) throw new ImageTooLargeError(name, 'maxPixels', maxPixels, width * height);
  return metadata;
};

/**
 * Decodes an encoded picture to 8-bit sRGB with alpha, turned upright by its EXIF orientation; the first frame of an
 * animation. It neither resizes nor grays: that is the shared code of `@mien/pixels`, so that Node and browsers agree.
 *
 * @throws {UndecodableImageError} when the bytes are no picture, or are cut short.
 * @throws {ImageTooLargeError} when they hold too many pixels.
 */
export const decodeImage = async (encoded: Uint8Array, limits: DecodeLimits): Promise<Frame> => {
  const { orientation = 1 } = await readMetadata(encoded, limits);
  const image =
    orientation > 1 ? openImage(encoded, { sequentialRead: false }).autoOrient() : openImage(encoded);
  try {
    const { data, info } = await image
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { widthPx: info.width, heightPx: info.height, rgba: data };
  } catch (error) {
    throw toUndecodable(error, limits.name);
  }
};
