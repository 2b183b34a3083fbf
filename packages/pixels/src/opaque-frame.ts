import { assertFrame, type Frame } from './frame.ts';

/** A frame without transparency, a number to the pixel. */
export interface OpaqueFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 0xAABBGGRR, row-major; alpha means nothing. Shares the memory of the frame that it was made of where that was opaque. */
  readonly pixels: Uint32Array;
}

/** Reads four bytes as one number, red the lowest: every platform that JavaScript engines are built for does so today. */
const wordsOf = (bytes: Frame['rgba']): Uint32Array => {
  const { buffer, byteOffset, length } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(buffer, byteOffset, length / 4);
};

const isOpaque = (pixels: Uint32Array): boolean => {
  let all = 0xffffffff;
  for (let index = 0; index < pixels.length; index++) all &= pixels[index] as number;
  return all >>> 24 === 0xff;
};

const overBlack = (rgba: Frame['rgba']): Uint8Array => {
  const blended = new Uint8Array(rgba.length);
  for (let index = 0; index < rgba.length; index += 4) {
    const alpha = rgba[index + 3] as number;
    for (let channel = index; channel < index + 3; channel++)
      blended[channel] = Math.floor(((rgba[channel] as number) * alpha) / 255 + 0.5);
  }
  return blended;
};

/**
 * Puts a frame over black, as transparent means absent light everywhere here. Opaque frames, all photographs, are only
 * looked through.
 *
 * @throws {InvalidFrameError} when the frame's bytes do not match its size.
 */
export const toOpaqueFrame = (frame: Frame): OpaqueFrame => {
  assertFrame(frame);
  const { widthPx, heightPx, rgba } = frame;
  const pixels = wordsOf(rgba);
  return { widthPx, heightPx, pixels: isOpaque(pixels) ? pixels : wordsOf(overBlack(rgba)) };
};
