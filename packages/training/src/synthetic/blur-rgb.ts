/** One pass of a convolution over pixels that lie `step` bytes apart, along lines that start `across` bytes apart. */
interface Pass {
  readonly length: number;
  readonly step: number;
  readonly lines: number;
  readonly across: number;
}

const gaussian = (sigmaPx: number): Float64Array => {
  const reach = Math.ceil(2.5 * sigmaPx);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, tap) =>
    Math.exp(-((tap - reach) ** 2) / (2 * sigmaPx ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};

const convolve = (source: Uint8Array | Float64Array, weights: Float64Array, pass: Pass): Float64Array => {
  const { length, step, lines, across } = pass;
  const reach = (weights.length - 1) / 2;
  const result = new Float64Array(source.length);
  for (let line = 0; line < lines; line++)
    for (let at = 0; at < length; at++) {
      let [red, green, blue] = [0, 0, 0];
      for (let tap = -reach; tap <= reach; tap++) {
        const from = line * across + Math.min(length - 1, Math.max(0, at + tap)) * step;
        const weight = weights[tap + reach] as number;
        red += weight * (source[from] as number);
        green += weight * (source[from + 1] as number);
        blue += weight * (source[from + 2] as number);
      }
      const to = line * across + at * step;
      result[to] = red;
      result[to + 1] = green;
      result[to + 2] = blue;
    }
  return result;
};

/**
 * Blurs RGB bytes with a Gaussian, the edges held. For pictures as small as a face this is several times as fast as
 * handing them to an image library.
 *
 * @returns new bytes, `[heightPx, widthPx, 3]`.
 */
export const blurRgb = (
  rgb: Uint8Array,
  size: { readonly widthPx: number; readonly heightPx: number; readonly sigmaPx: number },
): Uint8Array => {
  const { widthPx, heightPx, sigmaPx } = size;
  if (sigmaPx < 0.2) return Uint8Array.from(rgb);
  const weights = gaussian(sigmaPx);
  const row = 3 * widthPx;
  const across = convolve(rgb, weights, {
    length: widthPx,
    step: 3,
    lines: heightPx,
    across: row,
  });
  const down = convolve(across, weights, { length: heightPx, step: row, lines: widthPx, across: 3 });
  // Bytes are cut, not rounded, on assignment.
  return new Uint8Array(down.map((value) => value + 0.5));
};
