/** One channel of a picture: row-major, `widthPx * heightPx` long, values in [0, 255]. */
export interface Plane {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly values: Float64Array;
}

/** Width and height of a picture, whole pixels. */
export type Size = Pick<Plane, 'widthPx' | 'heightPx'>;

/** What each target sample is made of: the first source sample and the weights of it and those after it. */
export interface Taps {
  readonly first: Int32Array;
  readonly weights: readonly Float64Array[];
}

/**
 * The source samples that each target sample is made of. Shrinking averages over the area that a target sample
 * covers (a box filter with exact fractions at its ends); growing interpolates linearly between sample centres.
 */
export const tapsOf = (sourceLength: number, targetLength: number): Taps => {
  const scale = sourceLength / targetLength;
  const first = new Int32Array(targetLength);
  const weights: Float64Array[] = [];
  for (let target = 0; target < targetLength; target++) {
    if (scale >= 1) {
      const start = target * scale;
      const end = Math.min(sourceLength, (target + 1) * scale);
      const from = Math.floor(start);
      const to = Math.min(sourceLength, Math.ceil(end));
      first[target] = from;
      weights.push(
        Float64Array.from({ length: to - from }, (_, tap) => {
          const covered = Math.min(end, from + tap + 1) - Math.max(start, from + tap);
          return covered / (end - start);
        }),
      );
    } else {
      const centre = Math.min(Math.max((target + 0.5) * scale - 0.5, 0), sourceLength - 1);
      const from = Math.min(Math.floor(centre), Math.max(sourceLength - 2, 0));
      first[target] = from;
      weights.push(
        sourceLength === 1 ? Float64Array.of(1) : Float64Array.of(1 - (centre - from), centre - from),
      );
    }
  }
  return { first, weights };
};

/**
 * Resizes one plane, each axis on its own: area average when shrinking, linear interpolation when growing. Only
 * additions, multiplications and divisions of doubles, in a fixed order: every JavaScript engine gives the same bits.
 */
export const resizePlane = (plane: Plane, size: Size): Plane => {
  if (plane.widthPx === size.widthPx && plane.heightPx === size.heightPx) return plane;
  const across = tapsOf(plane.widthPx, size.widthPx);
  const rows = new Float64Array(size.widthPx * plane.heightPx);
  for (let y = 0; y < plane.heightPx; y++) {
    for (let x = 0; x < size.widthPx; x++) {
      const weights = across.weights[x] as Float64Array;
      const start = y * plane.widthPx + (across.first[x] as number);
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++)
        sum += (weights[tap] as number) * (plane.values[start + tap] as number);
      rows[y * size.widthPx + x] = sum;
    }
  }
  const down = tapsOf(plane.heightPx, size.heightPx);
  const values = new Float64Array(size.widthPx * size.heightPx);
  for (let y = 0; y < size.heightPx; y++) {
    const weights = down.weights[y] as Float64Array;
    const start = down.first[y] as number;
    for (let x = 0; x < size.widthPx; x++) {
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++)
        sum += (weights[tap] as number) * (rows[(start + tap) * size.widthPx + x] as number);
      values[y * size.widthPx + x] = sum;
    }
  }
  return { ...size, values };
};
