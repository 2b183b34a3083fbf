import { warpImage } from '../augment/warp-image.ts';
import type { Picture } from './corruption.ts';
import { toByte } from './to-byte.ts';

/** How a picture's content moves within its frame. */
export interface Movement {
  /** Turn about the middle in degrees, positive counter-clockwise. */
  readonly angleDeg: number;
  /** Size after over size before, about the middle, over 0: above 1 the face becomes larger. */
  readonly scale: number;
  /** To the right, in pixels; applied last. */
  readonly rightPx: number;
  /** Down, in pixels; applied last. */
  readonly downPx: number;
}

/**
 * Turns, scales and shifts a picture's content, proportions kept, with linear interpolation. What comes in from outside
 * repeats the border, as a crop at the edge of a photograph is filled.
 */
export const movePicture = ({ pixels, geometry }: Picture, movement: Movement): Uint8Array => {
  const { widthPx, heightPx, channels } = geometry;
  const { angleDeg, scale, rightPx, downPx } = movement;
  const cosine = Math.cos((angleDeg * Math.PI) / 180) / scale;
  const sine = Math.sin((angleDeg * Math.PI) / 180) / scale;
  const middleRow = (heightPx - 1) / 2;
  const middleColumn = (widthPx - 1) / 2;
  const movedRow = middleRow + downPx;
  const movedColumn = middleColumn + rightPx;
  const target = new Float32Array(pixels.length);
  warpImage({
    source: pixels,
    sourceOffset: 0,
    height: heightPx,
    width: widthPx,
    channels,
    map: {
      rowPerRow: cosine,
      rowPerColumn: sine,
      rowOffset: middleRow - cosine * movedRow - sine * movedColumn,
      columnPerRow: -sine,
      columnPerColumn: cosine,
      columnOffset: middleColumn + sine * movedRow - cosine * movedColumn,
    },
    window: { height: heightPx, width: widthPx, firstRow: 0, firstColumn: 0, rowStep: 1, columnStep: 1 },
    fillMode: 'nearest',
    cval: 0,
    target,
    targetOffset: 0,
  });
  return Uint8Array.from(target, toByte);
};
