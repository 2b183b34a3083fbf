import type { Plane } from '@mien/pixels';

/** What share of its differences a face loses by the blur when it was blurred before, and when it is as sharp as can be. */
const BLURRED = 0.05;
const SHARP = 0.3;

/** How much of the picture's sides is left out: what lies behind a face may be blurred on purpose. */
const BORDER_SHARE = 1 / 6;

/** Lines of a picture along one axis, in places of the array. */
interface Axis {
  readonly along: number;
  readonly length: number;
  readonly across: number;
  readonly lines: number;
}

/** The share of the differences between neighbours along an axis that a blur over three pixels takes away. */
const lostByBlur = (values: Float64Array, { along, length, across, lines }: Axis): number => {
  const value = (place: number): number => values[place] as number;
  const border = Math.max(1, Math.floor(length * BORDER_SHARE));
  let before = 0;
  let lost = 0;
  for (let line = Math.floor(lines * BORDER_SHARE); line < lines * (1 - BORDER_SHARE); line++) {
    for (let step = border; step < length - border - 1; step++) {
      const place = line * across + step * along;
      const difference = Math.abs(value(place + along) - value(place));
      // The means over three neighbours differ by this: all but the outer two cancel.
      const blurred = Math.abs(value(place + 2 * along) - value(place - along)) / 3;
      before += difference;
      lost += Math.max(difference - blurred, 0);
    }
  }
  return before > 0 ? lost / before : 0;
};

/**
 * How sharp a face is at the size in which a model sees it, in [0, 1]; 0 for a face of one colour.
 *
 * Blurs the picture over three pixels, along rows and along columns, and asks how much of the differences between
 * neighbours goes: much where edges are sharp, little where they were blurred already (after F. Crété et al., "The blur
 * effect: perception and estimation with a new no-reference perceptual blur metric", 2007). The less sharp direction
 * counts, as in a picture that was shaken. It is a ratio, so that light and contrast do not matter. Noise counts as
 * sharp.
 *
 * @param gray the aligned face.
 */
export const measureSharpness = ({ widthPx, heightPx, values }: Plane): number => {
  const rows = { along: 1, length: widthPx, across: widthPx, lines: heightPx };
  const columns = { along: widthPx, length: heightPx, across: 1, lines: widthPx };
  const lost = Math.min(lostByBlur(values, rows), lostByBlur(values, columns));
  return Math.min(Math.max((lost - BLURRED) / (SHARP - BLURRED), 0), 1);
};
