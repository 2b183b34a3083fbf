import { MienError } from '@mien/contract';

/** One decoded picture. */
export interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** RGBA bytes, row-major, `widthPx * heightPx * 4` long, alpha not premultiplied. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** A frame whose size is impossible or whose bytes do not match it. */
export class InvalidFrameError extends MienError {
  override readonly name = 'InvalidFrameError';
  constructor(frame: Frame) {
    super(
      `A frame of ${frame.widthPx}×${frame.heightPx} px needs ${frame.widthPx * frame.heightPx * 4} RGBA bytes, ` +
        `got ${frame.rgba.length}. Pass whole, positive sizes and the bytes that belong to them.`,
    );
  }
}

/** @throws {InvalidFrameError} when the size is not positive and whole, or the bytes do not match it. */
export const assertFrame = (frame: Frame): void => {
  const { widthPx, heightPx, rgba } = frame;
  const isSize = (value: number): boolean => Number.isInteger(value) && value > 0;
  if (!isSize(widthPx) || !isSize(heightPx) || rgba.length !== widthPx * heightPx * 4)
    throw new InvalidFrameError(frame);
};
