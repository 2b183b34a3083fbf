import { readFile } from 'node:fs/promises';
import { faceToInput, type Frame, type InputGeometry } from '@mien/pixels';
import sharp from 'sharp';
import { renderFace } from '../synthetic/render-face.ts';
import { SYNTHETIC_RENDER_SIZE_PX } from '../synthetic/synthetic-faces.ts';
import type { Picture } from './sample.ts';

const isPng = (bytes: Buffer): boolean => bytes.readUInt32BE(0) === 0x89504e47;
const isJpeg = (bytes: Buffer): boolean => bytes.readUIntBE(0, 3) === 0xffd8ff;
const isWebp = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';

const decodeFile = async (path: string): Promise<Frame> => {
  const bytes = await readFile(path);
  if (bytes.length === 0) throw new Error('empty file');
  if (bytes.length < 12 || !(isPng(bytes) || isJpeg(bytes) || isWebp(bytes)))
    throw new Error('not a PNG, JPEG or WebP image');
  try {
    // "truncated" would accept images with damaged parts; "warning" would refuse many a harmless photograph.
    const { data, info } = await sharp(bytes, { failOn: 'error', autoOrient: true, ignoreIcc: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { widthPx: info.width, heightPx: info.height, rgba: data };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new Error(`damaged or cut short: ${reason}`, { cause });
  }
};

const frameOfGray = (gray: Uint8Array, widthPx: number, heightPx: number): Frame => {
  const rgba = new Uint8Array(gray.length * 4);
  for (const [pixel, value] of gray.entries()) rgba.fill(value, pixel * 4, pixel * 4 + 3);
  for (let at = 3; at < rgba.length; at += 4) rgba[at] = 255;
  return { widthPx, heightPx, rgba };
};

const frameOf = (picture: Picture): Promise<Frame> | Frame => {
  if (picture.kind === 'file') return decodeFile(picture.path);
  if (picture.kind === 'synthetic') return renderFace({ ...picture.face, sizePx: SYNTHETIC_RENDER_SIZE_PX });
  return frameOfGray(picture.gray, picture.widthPx, picture.heightPx);
};

/**
 * Decodes one picture to the size and colour that a model takes, by the code that inference uses too. Honours EXIF
 * orientation.
 *
 * @returns bytes in [0, 255], `[heightPx, widthPx, channels]`.
 * @throws {Error} with a few words on why the picture cannot be used.
 */
export const decodePicture = async (picture: Picture, geometry: InputGeometry): Promise<Uint8Array> => {
  const planar = faceToInput(await frameOf(picture), geometry);
  if (geometry.channels === 1) return planar;
  const area = geometry.widthPx * geometry.heightPx;
  const interleaved = new Uint8Array(planar.length);
  for (let pixel = 0; pixel < area; pixel++)
    for (let channel = 0; channel < geometry.channels; channel++)
      interleaved[pixel * geometry.channels + channel] = planar[channel * area + pixel] as number;
  return interleaved;
};
