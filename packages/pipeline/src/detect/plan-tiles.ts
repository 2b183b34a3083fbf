import type { Square } from '@mien/pixels';

/** What of a level's tile lies on its neighbour: faces of up to this share of a tile are whole in one of them. */
const OVERLAP = 0.25;

/** A square of a frame that the detector looks at, and which of its sides cut the frame. */
export interface Tile extends Square {
  readonly cuts: {
    readonly left: boolean;
    readonly top: boolean;
    readonly right: boolean;
    readonly bottom: boolean;
  };
}

/** Spreads spans of `side` evenly over a length, so that neighbours overlap; one span in the middle where it is longer. */
const startsAlong = (length: number, side: number): number[] => {
  if (side >= length) return [(length - side) / 2];
  const count = 1 + Math.ceil((length - side) / (side * (1 - OVERLAP)));
  return Array.from({ length: count }, (_, index) => ((length - side) * index) / (count - 1));
};

/**
 * Covers a frame by square tiles of one size.
 *
 * @param level 0 for one tile that holds the whole frame; each further level halves the side.
 * @returns row by row.
 */
export const planTiles = (
  frame: { readonly widthPx: number; readonly heightPx: number },
  level: number,
): Tile[] => {
  const { widthPx, heightPx } = frame;
  const sidePx = Math.max(widthPx, heightPx) / 2 ** level;
  return startsAlong(heightPx, sidePx).flatMap((topPx) =>
    startsAlong(widthPx, sidePx).map((leftPx) => ({
      leftPx,
      topPx,
      sidePx,
      cuts: {
        left: leftPx > 0,
        top: topPx > 0,
        right: leftPx + sidePx < widthPx,
        bottom: topPx + sidePx < heightPx,
      },
    })),
  );
};
