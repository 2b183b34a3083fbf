import type { Plane } from '@mien/pixels';

/** The share of a blurred and of a sharp picture's edges that a blur over three pixels takes away. */
const BLURRED = 0.15;
const SHARP = 0.45;

/**
 * How sharp a face is at the size in which a model sees it, in [0, 1].
 *
 * Blurs the picture over three pixels, along rows and columns in turn, and asks how much of the differences between
 * neighbours that takes away: much where edges are sharp, little where they were blurred already (after Crété et al.
 * 2007, "The blur effect"). A ratio, so that neither light nor contrast matters. Noise counts as sharp.
 */
export const sharpness = (gray: Plane): number => {
  const lost = Math.min(lostByBlur(gray, 1, gray.widthPx), lostByBlur(gray, gray.widthPx, 1));
  return Math.min(Math.max((lost - BLURRED) / (SHARP - BLURRED), 0), 1);
};

/** The share of the differences along one direction that blurring along it takes away, in the inner part of the face. */
const lostByBlur = ({ widthPx, heightPx, values }: Plane, along: number, across: number): number => {
  const value = (index: number): number => values[index] as number;
  const columns = along === 1 ? widthPx : heightPx;
  const rows = along === 1 ? heightPx : widthPx;
  let before = 0;
  let after = 0;
  for (let row = Math.floor(rows / 6); row < rows - Math.floor(rows / 6); row++) {
    for (
      let column = Math.max(1, Math.floor(columns / 6));
      column < columns - 2 - Math.floor(columns / 6);
      column++
    ) {
      const at = row * across + column * along;
      const here = Math.abs(value(at + along) - value(at));
      before += here;
      // The difference of two means over three neighbours.
      after += Math.min(here, Math.abs(value(at + 2 * along) - value(at - along)) / 3);
    }
  }
  return before > 0 ? 1 - after / before : 0;
};
