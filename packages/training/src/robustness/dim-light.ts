import type { Random } from '@mien/contract';
import type { Picture } from './corruption.ts';
import { drawPoisson } from './draw-poisson.ts';
import { toByte } from './to-byte.ts';

/** Bytes are light to the power of 1 / 2.2, nearly enough for sRGB. */
const GAMMA = 2.2;

/** Electrons that a pixel of a phone's or webcam's small sensor holds at white. */
const ELECTRONS_AT_WHITE = 1000;

/**
 * Photographs the scene with less light at the same exposure. Bytes become light, the light is dimmed, each pixel counts
 * electrons (Poisson, so that the darker, the noisier), and the count becomes a byte again, without brightening.
 *
 * @param gain the share of the light that is left, in (0, 1].
 */
export const dimLight = ({ pixels }: Picture, gain: number, random: Random): Uint8Array => {
  const electrons = Float64Array.from(
    { length: 256 },
    (_, value) => (value / 255) ** GAMMA * gain * ELECTRONS_AT_WHITE,
  );
  return Uint8Array.from(pixels, (value) => {
    const counted = drawPoisson(electrons[value] as number, random);
    return toByte((counted / ELECTRONS_AT_WHITE) ** (1 / GAMMA) * 255);
  });
};
