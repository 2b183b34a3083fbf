import { faceToInput, resizePlane, type Frame } from '@mien/pixels';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';

/** The size and colour in which a graph takes pictures: gray, RGB, or RGB with alpha. */
export interface PictureGeometry {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 1 | 3 | 4;
}

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

/** All four channels as they are stored, each resized by itself. */
const rgbaToInput = ({ widthPx, heightPx, rgba }: Frame, geometry: PictureGeometry): Uint8Array => {
  const area = geometry.widthPx * geometry.heightPx;
  const bytes = new Uint8Array(4 * area);
  for (let channel = 0; channel < 4; channel++) {
    const values = Float64Array.from(
      { length: widthPx * heightPx },
      (_, pixel) => rgba[pixel * 4 + channel] as number,
    );
    const resized = resizePlane({ widthPx, heightPx, values }, geometry);
    bytes.set(
      resized.values.map((value) => Math.min(255, Math.floor(value + 0.5))),
      channel * area,
    );
  }
  return bytes;
};

/**
 * Reads a picture as a model takes it, by the code that inference uses too; it is stretched to the model's size.
 *
 * @returns bytes in [0, 255], `[channels, heightPx, widthPx]`.
 * @throws {Error} of the file system or of sharp, when there is no picture to be had from it.
 */
export const decodePicture = async (path: string, geometry: PictureGeometry): Promise<Uint8Array> => {
  const frame = await decodeFrame(await readFile(path));
  const { channels, ...size } = geometry;
  return channels === 4 ? rgbaToInput(frame, geometry) : faceToInput(frame, { ...size, channels });
};
