import type { Picture } from './corruption.ts';

/** Four rows of five gray pixels, without any order. */
export const PIXELS = [
  [10, 200, 30, 40, 250],
  [60, 70, 255, 90, 0],
  [110, 120, 5, 140, 150],
  [160, 17, 180, 190, 200],
];

/** Makes a gray picture of rows. */
export const grayPicture = (rows: readonly (readonly number[])[]): Picture => ({
  pixels: Uint8Array.from(rows.flat()),
  geometry: { widthPx: rows[0]?.length ?? 0, heightPx: rows.length, channels: 1 },
});

/** A picture of one value throughout. */
export const flatPicture = (value: number, sidePx: number, channels: 1 | 3 = 1): Picture => ({
  pixels: new Uint8Array(sidePx * sidePx * channels).fill(value),
  geometry: { widthPx: sidePx, heightPx: sidePx, channels },
});

/** Cuts bytes into rows. */
export const rowsOf = (bytes: Uint8Array, length: number): number[][] =>
  Array.from({ length: bytes.length / length }, (_, row) => [
    ...bytes.subarray(row * length, (row + 1) * length),
  ]);

/** Mean and standard deviation. */
export const moments = (values: ArrayLike<number>): { mean: number; deviation: number } => {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
  return { mean, deviation: Math.sqrt(variance) };
};
