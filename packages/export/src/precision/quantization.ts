import type { Extreme } from './observe-values.ts';

/** How real numbers stand for 8-bit ones: real = scale · (whole − zero point). */
export interface Quantization {
  readonly scale: number;
  /** The whole number in [0, 255] that stands for 0. */
  readonly zeroPoint: number;
}

const LEVELS = 255;

/**
 * Spreads the 256 unsigned 8-bit numbers over a range. 0 is always among them, as padding and ReLU give it.
 *
 * @returns a scale that float32 can hold.
 */
export const quantizationOf = (range: Extreme): Quantization => {
  const [min, max] = [Math.min(range.min, 0), Math.max(range.max, 0)];
  if (max === min) return { scale: 1, zeroPoint: 0 };
  const scale = Math.fround((max - min) / LEVELS);
  return { scale, zeroPoint: Math.min(LEVELS, Math.max(0, Math.round(-min / scale))) };
};

/** The smallest and the largest real number that a quantisation can stand for. */
export const rangeOf = ({ scale, zeroPoint }: Quantization): Extreme => ({
  min: -zeroPoint * scale,
  max: (LEVELS - zeroPoint) * scale,
});
