import type { Random } from '@mien/contract';
import type { Picture } from './corruption.ts';
import { movePicture } from './move-picture.ts';

/** How far off a face detector's box is. */
export interface CropJitter {
  /** Length of the shift, as a share of the picture's width along it and of its height down it. */
  readonly shift: number;
  /** The box is larger or smaller by this factor, over 1. */
  readonly scale: number;
}

/**
 * Crops a face as a detector does that is off by the given amounts: shifted in a random direction, and too large or too
 * small with equal chances.
 */
export const jitterCrop = (picture: Picture, { shift, scale }: CropJitter, random: Random): Uint8Array => {
  const { widthPx, heightPx } = picture.geometry;
  const direction = random.uniform(0, 2 * Math.PI);
  return movePicture(picture, {
    angleDeg: 0,
    scale: random.chance(0.5) ? scale : 1 / scale,
    rightPx: Math.cos(direction) * shift * widthPx,
    downPx: Math.sin(direction) * shift * heightPx,
  });
};
