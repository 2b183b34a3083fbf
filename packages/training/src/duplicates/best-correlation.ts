import { COMPARED_SIZE_PX } from './compared-images.ts';
import { shiftedCorrelation, type Shift } from './shifted-correlation.ts';

/** Two planes of an image: at the compared size, and at half of it. */
export interface PlanePair {
  readonly plane: Uint8Array;
  readonly half: Uint8Array;
}

/** Most that images are moved against each other, in pixels at half the compared size. */
const HALF_REACH_PX = 2;

/** What is this much worse than wanted at half the size is given up there. */
const HALF_SIZE_SLACK = 0.08;

const AROUND: readonly Shift[] = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => ({ right, down })));

/** Climbs from no shift at all to the best shift next to it, until none is better. */
const climb = (
  correlationAt: (shift: Shift) => number,
  from: Shift,
  reachPx: number,
): { readonly best: number; readonly place: Shift } => {
  const known = new Map<number, number>();
  const look = (shift: Shift): number => {
    const key = shift.down * 64 + shift.right;
    const found = known.get(key) ?? correlationAt(shift);
    known.set(key, found);
    return found;
  };
  let place = from;
  let best = look(place);
  for (let isClimbing = true; isClimbing;) {
    isClimbing = false;
    const { right, down } = place;
    for (const step of AROUND) {
      const next = { right: right + step.right, down: down + step.down };
      if (Math.abs(next.right - from.right) > reachPx || Math.abs(next.down - from.down) > reachPx) continue;
      const found = look(next);
      if (found <= best) continue;
      best = found;
      place = next;
      isClimbing = true;
    }
  }
  return { best, place };
};

/**
 * The correlation of two images when they are laid over each other as well as can be, moved by up to 6 of 48 pixels:
 * the place is sought at half the size first.
 *
 * @param wanted correlations below it need not be exact; saves most of the time.
 * @returns in [-1, 1].
 */
export const bestCorrelation = (first: PlanePair, second: PlanePair, wanted: number): number => {
  const half = climb(
    (shift) => shiftedCorrelation(first.half, second.half, COMPARED_SIZE_PX / 2, shift),
    { right: 0, down: 0 },
    HALF_REACH_PX,
  );
  if (half.best < wanted - HALF_SIZE_SLACK) return half.best;
  const { best } = climb(
    (shift) => shiftedCorrelation(first.plane, second.plane, COMPARED_SIZE_PX, shift),
    { right: 2 * half.place.right, down: 2 * half.place.down },
    HALF_REACH_PX,
  );
  return best;
};
