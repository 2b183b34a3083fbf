/** How far the second of two planes is moved against the first, in pixels. */
export interface Shift {
  readonly right: number;
  readonly down: number;
}

/**
 * Pearson's correlation of two square gray planes where they overlap, the second moved by so many pixels. Brightness
 * and contrast do not matter.
 *
 * @param sizePx side of both planes.
 * @returns in [-1, 1]; 0 where one of them is flat.
 */
export const shiftedCorrelation = (
  first: Uint8Array,
  second: Uint8Array,
  sizePx: number,
  { right, down }: Shift,
): number => {
  const left = Math.max(0, right);
  const width = sizePx - Math.abs(right);
  const top = Math.max(0, down);
  const height = sizePx - Math.abs(down);
  let sumA = 0;
  let sumB = 0;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
  for (let y = top; y < top + height; y++) {
    const rowA = y * sizePx;
    const rowB = (y - down) * sizePx - right;
    for (let x = left; x < left + width; x++) {
      const a = first[rowA + x]!;
      const b = second[rowB + x]!;
      sumA += a;
      sumB += b;
      squaresA += a * a;
      squaresB += b * b;
      products += a * b;
    }
  }
  const count = width * height;
  const variances = (squaresA - (sumA * sumA) / count) * (squaresB - (sumB * sumB) / count);
  return variances <= 0 ? 0 : (products - (sumA * sumB) / count) / Math.sqrt(variances);
};
