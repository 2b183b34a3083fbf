import type { Random } from '@mien/contract';
import type { PixelRectangle } from '../augment/random-erasing.ts';
import type { Picture } from './corruption.ts';

/** The size of what covers a face, as shares of the picture's width and height. */
export interface Occluder {
  readonly width: number;
  readonly height: number;
}

/** Where the middle of eyes and mouth lie in a tight crop, as shares of the height. */
const EYES = 0.38;
const MOUTH = 0.75;
/** A rectangle over eyes or mouth stays within this share of the width, about the middle. */
const FACE_WIDTH = 0.84;

/** Noise, a glove or glasses, a hand in shade. */
const FILLS = ['dark', 'gray', 'noise'] as const;
const DARK = 24;
const GRAY = 128;

/** Draws the place of the rectangle: over the eyes, over the mouth or anywhere, with equal chances. */
export const placeOccluder = (
  { width, height }: Occluder,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  random: Random,
): PixelRectangle => {
  const size = {
    width: Math.max(1, Math.round(width * widthPx)),
    height: Math.max(1, Math.round(height * heightPx)),
  };
  const within = (centre: number, length: number, wholeLength: number): number =>
    Math.min(wholeLength - length, Math.max(0, Math.round(centre - length / 2)));
  const place = random.integer(3);
  const across = random.next();
  const down = random.next();
  if (place === 2) {
    const left = Math.floor(across * (widthPx - size.width + 1));
    return { ...size, left, top: Math.floor(down * (heightPx - size.height + 1)) };
  }
  const room = Math.max(0, FACE_WIDTH - width);
  const centreColumn = (0.5 + (across - 0.5) * room) * widthPx;
  const centreRow = (place === 0 ? EYES : MOUTH) * heightPx;
  return {
    ...size,
    left: within(centreColumn, size.width, widthPx),
    top: within(centreRow, size.height, heightPx),
  };
};

/** Covers a part of a face with a rectangle that is dark, gray or noise (uniform bytes), with equal chances. */
export const occludePicture = (
  { pixels, geometry }: Picture,
  occluder: Occluder,
  random: Random,
): Uint8Array => {
  const { top, left, height, width } = placeOccluder(occluder, geometry, random);
  const fill = FILLS[random.integer(FILLS.length)];
  const valueOf = (): number => (fill === 'noise' ? random.integer(256) : fill === 'dark' ? DARK : GRAY);
  const covered = Uint8Array.from(pixels);
  for (let row = top; row < top + height; row++) {
    const start = (row * geometry.widthPx + left) * geometry.channels;
    const end = start + width * geometry.channels;
    for (let index = start; index < end; index++) covered[index] = valueOf();
  }
  return covered;
};
