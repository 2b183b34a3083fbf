import { TILE_COLUMNS } from './matrix-kernels.ts';

/** Columns rounded up to whole panels. */
export const paddedColumns = (columns: number): number => Math.ceil(columns / TILE_COLUMNS) * TILE_COLUMNS;

/** A matrix within a larger array of floats; strides and `at` count floats. */
export interface MatrixView {
  readonly at: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/**
 * Packs a matrix into panels of 8 columns, `[panels, depth, 8]`, as the kernels read it; missing columns become 0.
 *
 * @param target where the panels go, in floats.
 */
export const packPanels = (
  floats: Float32Array,
  { at, rowStride, columnStride }: MatrixView,
  depth: number,
  columns: number,
  target: number,
): void => {
  let to = target;
  for (let first = 0; first < columns; first += TILE_COLUMNS) {
    const width = Math.min(TILE_COLUMNS, columns - first);
    for (let row = 0; row < depth; row++) {
      let from = at + row * rowStride + first * columnStride;
      for (let column = 0; column < width; column++, from += columnStride) {
        floats[to + column] = floats[from] as number;
      }
      for (let column = width; column < TILE_COLUMNS; column++) floats[to + column] = 0;
      to += TILE_COLUMNS;
    }
  }
};
