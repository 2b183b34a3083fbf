import { faceToInput, type Frame, type InputGeometry } from '@mien/pixels';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';

/** Decodes as inference does: upright by the EXIF orientation, 8-bit sRGB, colour profiles ignored, alpha kept. */
const decodeFrame = async (encoded: Uint8Array): Promise<Frame> => {
  const { data, info } = await sharp(encoded, { failOn: 'warning', ignoreIcc: true })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: data };
};

/**
 * Reads the picture of one cropped face as a model takes it, by the code that inference uses too.
 *
 * @returns bytes in [0, 255], `[channels, heightPx, widthPx]`.
 * @throws {Error} of the file system or of sharp, when there is no picture to be had from it.
 */
export const decodeFace = async (path: string, geometry: InputGeometry): Promise<Uint8Array> =>
  faceToInput(await decodeFrame(await readFile(path)), geometry);
