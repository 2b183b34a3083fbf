import type { Random } from '@mien/contract';
import type { Picture } from './corruption.ts';
import { movePicture } from './move-picture.ts';

/**
 * Turns a face about the picture's middle, to the left or to the right with equal chances.
 *
 * @param angleDeg how far, in degrees.
 */
export const rotatePicture = (picture: Picture, angleDeg: number, random: Random): Uint8Array =>
  movePicture(picture, {
    angleDeg: random.chance(0.5) ? angleDeg : -angleDeg,
    scale: 1,
    rightPx: 0,
    downPx: 0,
  });
