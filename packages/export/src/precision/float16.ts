/** The largest number that a half float holds. */
export const FLOAT16_MAX = 65504;

/** The smallest positive number that a half float holds with full precision; below it, bits are lost one by one. */
export const FLOAT16_SMALLEST_NORMAL = 2 ** -14;

/** One unit in the last place of the half floats below {@link FLOAT16_SMALLEST_NORMAL}. */
const SUBNORMAL_STEP = 2 ** -24;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

const roundHalfToEven = (value: number): number => {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
};

/**
 * Rounds a number to a half float (IEEE 754 binary16), ties to even.
 *
 * @param value a float32, or a number that is rounded to one first.
 * @returns its 16 bits; those of infinity from 65520 on.
 */
export const toFloat16Bits = (value: number): number => {
  float[0] = value;
  const sign = ((bits[0] as number) >>> 16) & 0x8000;
  const magnitude = (bits[0] as number) & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) return sign | roundHalfToEven(Math.abs(float[0]) / SUBNORMAL_STEP);
  // The exponent's bias falls from 127 to 15; adding just under half a unit, or half for odd ones, rounds to even.
  return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
};

/** The number that the bits of a half float stand for. */
export const fromFloat16Bits = (half: number): number => {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * SUBNORMAL_STEP;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
};
