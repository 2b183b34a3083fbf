import type { BoundingBox } from '@mien/pipeline';

const signed = (value: number): string => (value < 0 ? String(value) : `+${value}`);

/** A box as X11 and ImageMagick write it, in whole pixels: width × height, then from the left and from the top. */
export const boxWords = ({ leftPx, topPx, widthPx, heightPx }: BoundingBox): string =>
  `${Math.round(widthPx)}×${Math.round(heightPx)}${signed(Math.round(leftPx))}${signed(Math.round(topPx))}`;
