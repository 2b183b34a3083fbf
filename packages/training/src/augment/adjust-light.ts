import type { Random } from '@mien/contract';

/** Adds to every value, within the picture's own extremes: Keras' `apply_channel_shift`. */
export const shiftValues = (pixels: Float32Array, amount: number): void => {
  const added = Math.fround(amount);
  let low = Infinity;
  let high = -Infinity;
  for (const value of pixels) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  for (let index = 0; index < pixels.length; index++)
    pixels[index] = Math.min(high, Math.max(low, (pixels[index] as number) + added));
};

/**
 * Multiplies by a factor as Keras' `apply_brightness_shift` does: through Pillow's bytes, so that fractions are cut off
 * before and after.
 *
 * @param pixels values in [0, 255].
 * @param factor 0 or more.
 */
export const scaleBrightness = (pixels: Float32Array, factor: number): void => {
  const single = Math.fround(factor);
  for (let index = 0; index < pixels.length; index++) {
    const scaled = Math.fround(Math.floor(pixels[index] as number) * single);
    pixels[index] = Math.min(255, Math.floor(scaled));
  }
};

/**
 * Varies brightness (a factor on every value) and contrast (a factor on the distance from the mean), each uniform in
 * 1 ± its range, clipped to [0, 255]. The two commute, so one line through the values does both.
 */
export const jitterLight = (
  pixels: Float32Array,
  ranges: { readonly brightnessJitter: number; readonly contrastJitter: number },
  random: Random,
): void => {
  const brightness = random.uniform(1 - ranges.brightnessJitter, 1 + ranges.brightnessJitter);
  const contrast = random.uniform(1 - ranges.contrastJitter, 1 + ranges.contrastJitter);
  let sum = 0;
  for (let index = 0; index < pixels.length; index++) sum += pixels[index] as number;
  const slope = brightness * contrast;
  const offset = (sum / pixels.length) * (brightness - slope);
  for (let index = 0; index < pixels.length; index++)
    pixels[index] = Math.min(255, Math.max(0, (pixels[index] as number) * slope + offset));
};
