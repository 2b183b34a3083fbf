import type { InputGeometry } from '@mien/pixels';
import sharp from 'sharp';

/**
 * Writes a picture as a PNG into a `data:` URL, pixel by pixel what a model sees.
 *
 * @param pixels bytes in [0, 255], `[heightPx, widthPx, channels]`; not in shared memory.
 */
export const pictureUrl = async (
  pixels: Uint8Array,
  { widthPx: width, heightPx: height, channels }: InputGeometry,
): Promise<string> => {
  const png = await sharp(pixels, { raw: { width, height, channels } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
};
