/** Figures that tell pictures from blank ones, signs, lettering and drawings. */
export interface ImageFigures {
  /** Mean gray level, in [0, 255]. */
  readonly brightness: number;
  /** Standard deviation of the gray levels, in [0, 127.5]. */
  readonly contrast: number;
  /**
   * Share of pixels near the commonest level, in [0, 1]: near 1 for signs on an empty ground. Near is within four levels,
   * or within a quarter of the contrast where that is less: a dark face is not an empty one.
   */
  readonly evenness: number;
  /**
   * Variance of the Laplacian divided by that of the picture, 0 or more: small for blurred pictures, large for
   * drawings, lettering and noise, whatever the contrast.
   */
  readonly detail: number;
}

const EVEN_LEVELS = 4;

const evennessOf = (gray: Uint8Array, contrast: number): number => {
  const reach = Math.floor(Math.min(EVEN_LEVELS, contrast / 4));
  const histogram = new Uint32Array(256);
  for (const level of gray) histogram[level]! += 1;
  let most = 0;
  for (let level = 0; level < 256; level++) {
    let near = 0;
    for (let at = Math.max(0, level - reach); at <= Math.min(255, level + reach); at++)
      near += histogram[at] as number;
    most = Math.max(most, near);
  }
  return most / gray.length;
};

const varianceOf = (values: ArrayLike<number>): { readonly mean: number; readonly variance: number } => {
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, variance: Math.max(0, squares / values.length - mean * mean) };
};

const laplacian = (gray: Uint8Array, widthPx: number, heightPx: number): Float64Array => {
  const result = new Float64Array(Math.max(0, widthPx - 2) * Math.max(0, heightPx - 2));
  let to = 0;
  for (let y = 1; y < heightPx - 1; y++)
    for (let x = 1; x < widthPx - 1; x++) {
      const at = y * widthPx + x;
      const around = gray[at - 1]! + gray[at + 1]! + gray[at - widthPx]! + gray[at + widthPx]!;
      result[to++] = 4 * gray[at]! - around;
    }
  return result;
};

/**
 * Measures one gray picture.
 *
 * @param gray row-major, `[heightPx, widthPx]`.
 */
export const measureImage = (gray: Uint8Array, widthPx: number, heightPx: number): ImageFigures => {
  const { mean, variance } = varianceOf(gray);
  const edges = variance === 0 ? 0 : varianceOf(laplacian(gray, widthPx, heightPx)).variance / variance;
  return {
    brightness: mean,
    contrast: Math.sqrt(variance),
    evenness: evennessOf(gray, Math.sqrt(variance)),
    detail: Number.isFinite(edges) ? edges : 0,
  };
};
