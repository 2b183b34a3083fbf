import type { TiltedSquare } from '@mien/pixels';

/** Places along each side of the square that are asked. */
const PLACES = 48;

/** The share of a square that lies inside a frame, in [0, 1], counted over a grid. */
export const insideShare = (
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  { centreXPx, centreYPx, sidePx, cos, sin }: TiltedSquare,
): number => {
  let inside = 0;
  for (let row = 0; row < PLACES; row++) {
    for (let column = 0; column < PLACES; column++) {
      const u = ((column + 0.5) / PLACES - 0.5) * sidePx;
      const v = ((row + 0.5) / PLACES - 0.5) * sidePx;
      const x = centreXPx + u * cos - v * sin;
      const y = centreYPx + u * sin + v * cos;
      if (x >= 0 && x <= widthPx && y >= 0 && y <= heightPx) inside++;
    }
  }
  return inside / (PLACES * PLACES);
};
