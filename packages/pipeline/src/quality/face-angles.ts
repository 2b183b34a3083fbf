import type { FaceLandmarks, Point } from '../detect/detected-face.ts';

/** How a head is turned, radians. */
export interface FaceAngles {
  /** The line through the eyes against the horizontal: clockwise in the picture is positive. */
  readonly rollRad: number;
  /** Positive where the face looks to the picture's right. */
  readonly yawRad: number;
  /** Positive where the face looks down. */
  readonly pitchRad: number;
}

/**
 * A head seen from the front, in distances of its eyes: how far the tip of the nose and the mouth lie below the eyes,
 * and how far they stand out before them.
 */
const NOSE = { below: 0.6, before: 0.6 };
const MOUTH = { below: 1.05, before: 0.38 };

/** A place in axes that go along the line of the eyes and down the face, from the point between the eyes. */
const inFace = (
  { rightEye, leftEye }: FaceLandmarks,
  { xPx, yPx }: Point,
): { across: number; down: number } => {
  const acrossX = leftEye.xPx - rightEye.xPx;
  const acrossY = leftEye.yPx - rightEye.yPx;
  const apart = Math.max(Math.sqrt(acrossX * acrossX + acrossY * acrossY), 1e-6);
  const x = xPx - (rightEye.xPx + leftEye.xPx) / 2;
  const y = yPx - (rightEye.yPx + leftEye.yPx) / 2;
  return {
    across: (x * acrossX + y * acrossY) / apart / apart,
    down: (y * acrossX - x * acrossY) / apart / apart,
  };
};

/**
 * Estimates how a head is turned from where eyes, nose and mouth lie, by a rigid head seen from afar.
 *
 * Turned by the yaw `y`, the eyes come together by `cos y` and the nose moves by `before · sin y`: in distances of the
 * eyes it is `before · tan y` from their middle. Turned by the pitch `p`, a point goes to `below · cos p + before · sin p`;
 * nose over mouth is a ratio that does not depend on the yaw, and solved for `tan p`.
 */
export const faceAngles = (landmarks: FaceLandmarks): FaceAngles => {
  const { rightEye, leftEye } = landmarks;
  const nose = inFace(landmarks, landmarks.noseTip);
  const mouth = inFace(landmarks, landmarks.mouth);
  return {
    rollRad: Math.atan2(leftEye.yPx - rightEye.yPx, leftEye.xPx - rightEye.xPx),
    yawRad: Math.atan2(nose.across, NOSE.before),
    pitchRad: pitchOf(nose.down, mouth.down),
  };
};

const pitchOf = (nose: number, mouth: number): number => {
  const up = nose * MOUTH.below - mouth * NOSE.below;
  const along = mouth * NOSE.before - nose * MOUTH.before;
  return along > 0 ? Math.atan2(up, along) : 0;
};
