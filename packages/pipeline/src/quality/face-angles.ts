import type { FaceLandmarks, Point } from '../detect/detected-face.ts';
import type { FaceQuality } from './face-quality.ts';

/** How a head is turned, radians, as {@link FaceQuality} tells it. */
export type FaceAngles = Pick<FaceQuality, 'rollRad' | 'yawRad' | 'pitchRad'>;

/**
 * Where the tip of the nose and the mouth are in a head that is seen from the front, in distances of its eyes: how far
 * below the eyes, and how far before them. The first are medians of what the detector finds in FER2013's faces, the
 * second those of a mean head.
 */
const NOSE = { below: 0.61, before: 0.6 };
const MOUTH = { below: 1.11, before: 0.38 };

/** A head's own axes in the frame: along the line of the eyes, from the point between them. */
interface FaceAxes {
  readonly origin: Point;
  readonly cos: number;
  readonly sin: number;
  /** From eye to eye, pixels. */
  readonly apartPx: number;
}

const axesOf = ({ rightEye, leftEye }: FaceLandmarks): FaceAxes => {
  const x = leftEye.xPx - rightEye.xPx;
  const y = leftEye.yPx - rightEye.yPx;
  const apartPx = Math.sqrt(x * x + y * y);
  const origin = { xPx: (rightEye.xPx + leftEye.xPx) / 2, yPx: (rightEye.yPx + leftEye.yPx) / 2 };
  // Where the eyes coincide, the head is taken for upright.
  return apartPx > 0
    ? { origin, cos: x / apartPx, sin: y / apartPx, apartPx }
    : { origin, cos: 1, sin: 0, apartPx };
};

/** Where a point lies in a head's axes, pixels. */
const placeIn = ({ origin, cos, sin }: FaceAxes, { xPx, yPx }: Point) => {
  const x = xPx - origin.xPx;
  const y = yPx - origin.yPx;
  return { acrossPx: x * cos + y * sin, downPx: y * cos - x * sin };
};

/** Solves `nose / mouth = (below₁ + before₁ t) / (below₂ + before₂ t)` for the tangent `t` of the pitch. */
const pitchOf = (nose: number, mouth: number): number => {
  const opposite = nose * MOUTH.below - mouth * NOSE.below;
  const adjacent = mouth * NOSE.before - nose * MOUTH.before;
  return adjacent > 0 ? Math.atan2(opposite, adjacent) : 0;
};

/**
 * Estimates how a head is turned from where eyes, nose and mouth lie: a rigid head, seen from afar.
 *
 * Turned to the side by `y`, the eyes come together by `cos y` and the tip of the nose moves by `before · sin y`; in
 * distances of the eyes as they are seen it lies `before · tan y` from their middle. Nodding by `p` moves a point down to
 * `below · cos p + before · sin p`; nose over mouth is a ratio in which neither yaw nor size matters. Good to about ten
 * degrees; an open mouth counts as looking up.
 */
export const estimateAngles = (landmarks: FaceLandmarks): FaceAngles => {
  const axes = axesOf(landmarks);
  const nose = placeIn(axes, landmarks.noseTip);
  const mouth = placeIn(axes, landmarks.mouth);
  return {
    rollRad: Math.atan2(axes.sin, axes.cos),
    yawRad: Math.atan2(nose.acrossPx, NOSE.before * axes.apartPx),
    pitchRad: pitchOf(nose.downPx, mouth.downPx),
  };
};
