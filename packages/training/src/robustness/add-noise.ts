import type { Random } from '@mien/contract';
import type { Picture } from './corruption.ts';
import { toByte } from './to-byte.ts';

/**
 * Adds normally distributed noise to every value on its own, as a sensor's amplifier does, and clips to bytes.
 *
 * @param sigma standard deviation in gray levels of 255, 0 or more.
 */
export const addNoise = ({ pixels }: Picture, sigma: number, random: Random): Uint8Array =>
  Uint8Array.from(pixels, (value) => toByte(value + sigma * random.normal()));
