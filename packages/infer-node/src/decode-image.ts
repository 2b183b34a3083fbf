import type { Frame } from '@mien/pipeline';
import sharp, { type Sharp } from 'sharp';
import { UndecodableImageError } from './image-source.ts';

/** Pictures beyond this are refused before they are unpacked: a few kilobytes can hold gigapixels. */
export const MAX_PIXELS = 50_000_000;

/** What the photographs of servers and browsers come as. Other formats that sharp knows, such as SVG, are programs. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff']);

const reasonOf = (error: unknown): string =>
  (error as Error).message
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/^Input buffer /u, 'it ');

const decode = async (image: Sharp): Promise<Frame> => {
  const { data, info } = await image
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: data };
};

/**
 * Decodes an encoded picture to 8-bit sRGB with alpha, turned upright by its EXIF orientation; the first frame of an
 * animation. Colour profiles are ignored, as in the browser, where reading pixels converted would depend on the screen.
 * It neither resizes nor grays: that is the shared code of `@mien/pixels`, so that Node and browsers agree.
 *
 * @param name what errors call the picture.
 * @throws {UndecodableImageError} when the bytes are no picture, are cut short, or hold too many pixels.
 */
export const decodeImage = async (encoded: Uint8Array, name: string): Promise<Frame> => {
  if (encoded.byteLength === 0) throw new UndecodableImageError(name, 'it is empty');
  const image = sharp(encoded, { failOn: 'warning', limitInputPixels: MAX_PIXELS, ignoreIcc: true });
  let format: string;
  try {
    ({ format } = await image.metadata());
    if (FORMATS.has(format)) return await decode(image);
  } catch (error) {
    throw new UndecodableImageError(name, reasonOf(error));
  }
  throw new UndecodableImageError(name, `it is of format ${format}`);
};
