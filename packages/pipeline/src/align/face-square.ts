import type { TiltedSquare } from '@mien/pixels';
import type { FaceLandmarks, Point } from '../detect/detected-face.ts';

/** Where the eyes come to lie in the square that is cut around a face, as shares of its side. */
export interface FaceMargin {
  /** From the middle of one eye to that of the other. The smaller, the more there is around the face. */
  readonly eyeDistance: number;
  /** From the top edge down to the eyes. */
  readonly eyeHeight: number;
}

/** The margin that the shipped model reads best, measured: docs/decisions/020-how-faces-are-cut.md. */
export const FACE_MARGIN: FaceMargin = { eyeDistance: 0.38, eyeHeight: 0.4 };

/**
 * How far the mouth lies below the eyes in a face seen from the front, in distances of the eyes. The eyes of a face
 * that is turned to the side come together, its mouth does not come up: the larger of the two measures says how large
 * the face is.
 */
const MOUTH_BELOW_EYES = 1.1;

const between = (one: Point, other: Point): Point => ({
  xPx: (one.xPx + other.xPx) / 2,
  yPx: (one.yPx + other.yPx) / 2,
});

const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);

/**
 * The square of a frame that a face is cut from: turned so that the eyes are level, and as large as the margin says.
 * Additions, multiplications, divisions and square roots alone, which every engine rounds alike.
 */
export const faceSquare = (
  { rightEye, leftEye, mouth }: FaceLandmarks,
  margin: FaceMargin = FACE_MARGIN,
): TiltedSquare => {
  const eyes = between(rightEye, leftEye);
  const acrossX = leftEye.xPx - rightEye.xPx;
  const acrossY = leftEye.yPx - rightEye.yPx;
  const apart = length(acrossX, acrossY);
  const cos = apart > 0 ? acrossX / apart : 1;
  const sin = apart > 0 ? acrossY / apart : 0;
  const toMouth = length(mouth.xPx - eyes.xPx, mouth.yPx - eyes.yPx);
  const sidePx = Math.max(apart, toMouth / MOUTH_BELOW_EYES, 1) / margin.eyeDistance;
  const down = (0.5 - margin.eyeHeight) * sidePx;
  return { centreXPx: eyes.xPx - down * sin, centreYPx: eyes.yPx + down * cos, sidePx, cos, sin };
};
