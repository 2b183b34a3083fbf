import type { SourceMap } from './affine-matrix.ts';
import { foldCoordinate, type FillMode } from './fill-mode.ts';

/** The target pixels that are wanted: a window of the warped picture, read forwards or backwards on each axis. */
export interface WarpWindow {
  readonly height: number;
  readonly width: number;
  /** Row of the warped picture that becomes the target's first; may lie outside. */
  readonly firstRow: number;
  /** Column of the warped picture that becomes the target's first; may lie outside. */
  readonly firstColumn: number;
  /** −1 mirrors top and bottom. */
  readonly rowStep: 1 | -1;
  /** −1 mirrors left and right. */
  readonly columnStep: 1 | -1;
}

/** One warp: from where, by what map, into what. */
export interface Warp {
  /** Row-major, channels last. */
  readonly source: ArrayLike<number>;
  /** Where the picture starts in `source`. */
  readonly sourceOffset: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly map: SourceMap;
  readonly window: WarpWindow;
  readonly fillMode: FillMode;
  /** The value outside the picture under `constant`. */
  readonly cval: number;
  /** Takes `window.height * window.width * channels` values, channels last. */
  readonly target: Float32Array;
  /** Where to write in `target`. */
  readonly targetOffset: number;
}

/**
 * Warps one picture with linear interpolation. The arithmetic is that of `scipy.ndimage.affine_transform(order=1)`:
 * double coordinates and weights, summed in the same order (which decides on which side of the border a coordinate
 * falls after a quarter turn), rounded to float32 once at the end.
 */
export const warpImage = (warp: Warp): void => {
  const { source, sourceOffset, height, width, channels, map, window, fillMode, cval, target } = warp;
  let write = warp.targetOffset;
  for (let targetRow = 0; targetRow < window.height; targetRow++) {
    const row = window.firstRow + targetRow * window.rowStep;
    const yAtRow = map.rowOffset + row * map.rowPerRow;
    const xAtRow = map.columnOffset + row * map.columnPerRow;
    for (let targetColumn = 0; targetColumn < window.width; targetColumn++) {
      const column = window.firstColumn + targetColumn * window.columnStep;
      let y = yAtRow + column * map.rowPerColumn;
      let x = xAtRow + column * map.columnPerColumn;
      if (y < 0 || y > height - 1) y = foldCoordinate(y, height, fillMode);
      if (x < 0 || x > width - 1) x = foldCoordinate(x, width, fillMode);
      if (y < 0 || x < 0) {
        for (let channel = 0; channel < channels; channel++) target[write++] = cval;
        continue;
      }
      const top = Math.floor(y);
      const left = Math.floor(x);
      const below = y - top;
      const above = 1 - below;
      const right = x - left;
      const leftWeight = 1 - right;
      // The neighbour beyond the last pixel only ever has weight 0: any pixel may stand in for it.
      const down = top + 1 < height ? width * channels : 0;
      const across = left + 1 < width ? channels : 0;
      const read = sourceOffset + (top * width + left) * channels;
      for (let tap = read; tap < read + channels; tap++) {
        target[write++] =
          (source[tap] as number) * above * leftWeight +
          (source[tap + across] as number) * above * right +
          (source[tap + down] as number) * below * leftWeight +
          (source[tap + down + across] as number) * below * right;
      }
    }
  }
};
