import type { Frame } from '@mien/pipeline';
import sharp from 'sharp';
import { UndecodableImageError } from './image-source.ts';

/** Pictures beyond this are refused before they are unpacked: a few kilobytes can hold gigapixels. */
export const MAX_PIXELS = 50_000_000;

const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n').join(' ').trim();

/**
 * Decodes an encoded picture to 8-bit sRGB with alpha, turned upright by its EXIF orientation; the first frame of an
 * animation. It neither resizes nor grays: that is the shared code of `@mien/pixels`, so that Node and browsers agree.
 *
 * @param name what errors call the picture.
 * @throws {UndecodableImageError} when the bytes are no picture, are cut short, or hold too many pixels.
 */
export const decodeImage = async (encoded: Uint8Array, name: string): Promise<Frame> => {
  if (encoded.byteLength === 0) throw new UndecodableImageError(name, 'it is empty');
  try {
    const { data, info } = await sharp(encoded, { failOn: 'warning', limitInputPixels: MAX_PIXELS })
      .autoOrient()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { widthPx: info.width, heightPx: info.height, rgba: data };
  } catch (error) {
    throw new UndecodableImageError(name, oneLine(error));
  }
};
