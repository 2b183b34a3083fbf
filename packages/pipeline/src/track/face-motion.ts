import type { BoundingBox } from '../detect/detected-face.ts';
import { correctMotion, predictMotion, startMotion, type AxisMotion, type AxisNoise } from './axis-motion.ts';

/** Where a face is and how it moves: its centre and its side, in pixels. */
export interface FaceMotion {
  readonly x: AxisMotion;
  readonly y: AxisMotion;
  readonly side: AxisMotion;
}

/** How faces move, in sides of their boxes: people walk, turn and lean within a second. */
const CENTRE: AxisNoise = { measured: 0.06, velocity: 1.5, acceleration: 1.5 };
const SIDE: AxisNoise = { measured: 0.05, velocity: 0.15, acceleration: 0.15 };

const inPixels = ({ measured, velocity, acceleration }: AxisNoise, sidePx: number): AxisNoise => ({
  measured: measured * sidePx,
  velocity: velocity * sidePx,
  acceleration: acceleration * sidePx,
});

const noiseOf = (sidePx: number): Readonly<Record<keyof FaceMotion, AxisNoise>> => {
  const centre = inPixels(CENTRE, sidePx);
  return { x: centre, y: centre, side: inPixels(SIDE, sidePx) };
};

const measure = ({ leftPx, topPx, widthPx, heightPx }: BoundingBox): Record<keyof FaceMotion, number> => ({
  x: leftPx + widthPx / 2,
  y: topPx + heightPx / 2,
  side: Math.max((widthPx + heightPx) / 2, 1),
});

/** A face that is seen for the first time: it may go anywhere. */
export const startFace = (box: BoundingBox): FaceMotion => {
  const { x, y, side } = measure(box);
  const noise = noiseOf(side);
  return { x: startMotion(x, noise.x), y: startMotion(y, noise.y), side: startMotion(side, noise.side) };
};

/** Where a face is expected `seconds` later, inside the frame: who leaves it comes back at its edge. */
export const predictFace = (
  face: FaceMotion,
  seconds: number,
  frame: { readonly widthPx: number; readonly heightPx: number },
): FaceMotion => {
  const noise = noiseOf(Math.max(face.side.position, 1));
  const within = (axis: AxisMotion, lengthPx: number): AxisMotion => ({
    ...axis,
    position: Math.min(Math.max(axis.position, 0), lengthPx),
  });
  return {
    x: within(predictMotion(face.x, seconds, noise.x), frame.widthPx),
    y: within(predictMotion(face.y, seconds, noise.y), frame.heightPx),
    side: predictMotion(face.side, seconds, noise.side),
  };
};

/** Takes in where the face was found. */
export const correctFace = (face: FaceMotion, box: BoundingBox): FaceMotion => {
  const found = measure(box);
  const noise = noiseOf(found.side);
  return {
    x: correctMotion(face.x, found.x, noise.x),
    y: correctMotion(face.y, found.y, noise.y),
    side: correctMotion(face.side, found.side, noise.side),
  };
};

/** How well a box fits a face that is expected. */
export interface Fit {
  /** Squared distance in standard deviations (Mahalanobis), of three independent numbers. */
  readonly squaredDeviations: number;
  /** Twice the negative logarithm of the likelihood, up to a constant: the lower, the likelier. */
  readonly cost: number;
}

/** Compares a box with where a face is expected. */
export const fitFace = (face: FaceMotion, box: BoundingBox): Fit => {
  const found = measure(box);
  const noise = noiseOf(found.side);
  let squaredDeviations = 0;
  let spread = 1;
  for (const axis of ['x', 'y', 'side'] as const) {
    const measured = noise[axis].measured * noise[axis].measured;
    const variance = face[axis].positionVariance + measured;
    squaredDeviations += (found[axis] - face[axis].position) ** 2 / variance;
    spread *= variance / measured;
  }
  return { squaredDeviations, cost: squaredDeviations + Math.log(spread) };
};
