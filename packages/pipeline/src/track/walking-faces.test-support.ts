import { createRandom, type Random } from '@mien/contract';
import type { BoundingBox } from '../detect/detected-face.ts';
import { boxAt } from './face-reading.test-support.ts';

/** The size of the simulated video. */
export const STAGE = { widthPx: 1280, heightPx: 720 } as const;

/** A person who walks about: the truth that a tracker is held to. */
interface Walker {
  xPx: number;
  yPx: number;
  xSpeed: number;
  ySpeed: number;
  sidePx: number;
  /** Towards the camera: the share by which the face grows in a second. */
  growth: number;
}

/** What a detector sees of one frame: boxes, and whose they are. */
export interface SeenFrame {
  readonly timeMs: number;
  readonly seen: readonly { readonly walker: number; readonly box: BoundingBox }[];
}

/** Simulated in steps as short as this, so that the same walks can be seen at any rate. */
const STEP_MS = 1000 / 120;

const walk = (walker: Walker, random: Random): void => {
  const seconds = STEP_MS / 1000;
  // Speeds wander, and come back to nothing within about a second: an Ornstein-Uhlenbeck process.
  const kept = Math.exp(-seconds / 1.2);
  const push = 1.1 * walker.sidePx * Math.sqrt(1 - kept * kept);
  walker.xSpeed = kept * walker.xSpeed + push * random.normal();
  walker.ySpeed = kept * walker.ySpeed + 0.25 * push * random.normal();
  walker.growth = kept * walker.growth + 0.15 * Math.sqrt(1 - kept * kept) * random.normal();
  walker.sidePx = Math.min(Math.max(walker.sidePx * (1 + walker.growth * seconds), 50), 200);
  walker.xPx += walker.xSpeed * seconds;
  walker.yPx += walker.ySpeed * seconds;
  // Nobody goes far: they turn round a little beyond the edges, and so leave and return.
  const margin = walker.sidePx;
  if (walker.xPx < -margin || walker.xPx > STAGE.widthPx + margin) walker.xSpeed *= -1;
  if (walker.yPx < 150 || walker.yPx > STAGE.heightPx - 150) walker.ySpeed *= -1;
  walker.xPx = Math.min(Math.max(walker.xPx, -margin), STAGE.widthPx + margin);
  walker.yPx = Math.min(Math.max(walker.yPx, 150), STAGE.heightPx - 150);
};

/** A nearer (larger) face hides another whose centre is within 0.6 of its side. */
const isHidden = (walker: Walker, others: readonly Walker[]): boolean =>
  others.some(
    (other) =>
      other.sidePx > walker.sidePx &&
      Math.max(Math.abs(other.xPx - walker.xPx), Math.abs(other.yPx - walker.yPx)) < 0.6 * other.sidePx,
  );

/**
 * People who walk about, cross, hide each other, leave and return; seen by a detector that shakes by 4 % of a face and
 * misses one in twenty.
 */
export const walkingFaces = ({
  seed,
  walkers: count,
  fps,
  seconds,
}: {
  readonly seed: number;
  readonly walkers: number;
  readonly fps: number;
  readonly seconds: number;
}): SeenFrame[] => {
  const random = createRandom(seed);
  const detector = createRandom(seed, fps);
  const walkers: Walker[] = Array.from({ length: count }, () => ({
    xPx: random.uniform(0, STAGE.widthPx),
    yPx: random.uniform(200, STAGE.heightPx - 200),
    xSpeed: 0,
    ySpeed: 0,
    growth: 0,
    sidePx: random.uniform(70, 160),
  }));
  const frames: SeenFrame[] = [];
  const steps = Math.round(1000 / fps / STEP_MS);
  for (let step = 0; step * STEP_MS < seconds * 1000; step++) {
    for (const walker of walkers) walk(walker, random);
    if (step % steps !== 0) continue;
    const shaken = (value: number, sidePx: number) => value + 0.04 * sidePx * detector.normal();
    const seen = walkers.flatMap((walker, index) => {
      const { xPx, yPx, sidePx } = walker;
      const isInside = xPx >= 0 && xPx <= STAGE.widthPx;
      if (!isInside || isHidden(walker, walkers) || detector.chance(0.05)) return [];
      const box = boxAt(shaken(xPx, sidePx), shaken(yPx, sidePx), shaken(sidePx, sidePx));
      return [{ walker: index, box }];
    });
    frames.push({ timeMs: step * STEP_MS, seen });
  }
  return frames;
};
