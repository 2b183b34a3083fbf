import sharp from 'sharp';
import type { Picture } from './corruption.ts';

/**
 * Takes a picture through JPEG and back: gray pictures as one component, colour ones with their colours at half the
 * resolution, as cameras and websites do.
 *
 * @param quality libjpeg's, in [1, 100].
 */
export const compressPicture = async (
  { pixels, geometry }: Picture,
  quality: number,
): Promise<Uint8Array> => {
  const { widthPx: width, heightPx: height, channels } = geometry;
  const colourspace = channels === 1 ? 'b-w' : 'srgb';
  const jpeg = await sharp(pixels, { raw: { width, height, channels } })
    .toColourspace(colourspace)
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
  const decoded = await sharp(jpeg).toColourspace(colourspace).raw({ depth: 'uchar' }).toBuffer();
  return Uint8Array.from(decoded);
};
