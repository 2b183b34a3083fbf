/**
 * What stands outside a picture, as Keras' `fill_mode` has it: `nearest` repeats the border pixel, `constant` is one
 * value, `reflect` mirrors with the border pixel doubled (`dcba|abcd|dcba`), `wrap` goes round.
 */
export type FillMode = 'nearest' | 'constant' | 'reflect' | 'wrap';

/** Every {@link FillMode}. */
export const FILL_MODES = ['nearest', 'constant', 'reflect', 'wrap'] as const satisfies readonly FillMode[];

/** What {@link foldCoordinate} gives where the fill value stands instead of a pixel. */
export const OUTSIDE = -1;

const foldReflected = (position: number, length: number): number => {
  const period = 2 * length;
  const folded = position - period * Math.floor(position / period);
  // Between the last pixel and its double, or between the first and its: both neighbours are the same pixel.
  return Math.min(Math.max(folded >= length ? period - folded - 1 : folded, 0), length - 1);
};

/**
 * Maps a coordinate outside [0, length − 1] back in, as `scipy.ndimage` does for the mode of the same name. Its `wrap`
 * has a period of `length − 1`: the last pixel stands on the first. `constant` fills from the border pixel's centre
 * outwards, without a ramp.
 *
 * @param position coordinate in pixels, 0 at the first pixel's centre; finite.
 * @returns a coordinate in [0, length − 1], or {@link OUTSIDE}.
 */
export const foldCoordinate = (position: number, length: number, mode: FillMode): number => {
  if (mode === 'constant') return OUTSIDE;
  if (length <= 1) return 0;
  if (mode === 'nearest') return position < 0 ? 0 : length - 1;
  if (mode === 'reflect') return foldReflected(position, length);
  const period = length - 1;
  return position < 0
    ? position + period * (Math.trunc(-position / period) + 1)
    : position - period * Math.trunc(position / period);
};
