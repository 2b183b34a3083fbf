import type { FaceLandmarks, Point } from '../detect/detected-face.ts';

/** A mean head, in distances of its eyes, from the point between them: right, down, towards who looks. */
const HEAD = {
  rightEye: [-0.5, 0, 0],
  leftEye: [0.5, 0, 0],
  noseTip: [0, 0.61, 0.6],
  mouth: [0, 1.11, 0.38],
  rightEar: [-1.1, 0.2, -1],
  leftEar: [1.1, 0.2, -1],
} as const satisfies Record<keyof FaceLandmarks, readonly [number, number, number]>;

/** How a head is turned and where it is seen. */
export interface HeadPose {
  readonly rollRad?: number;
  readonly yawRad?: number;
  readonly pitchRad?: number;
  readonly eyesPx?: number;
  readonly xPx?: number;
  readonly yPx?: number;
}

/** The landmarks of a head that nods, then turns, then tilts, seen from afar. */
export const headLandmarks = ({
  rollRad = 0,
  yawRad = 0,
  pitchRad = 0,
  eyesPx = 80,
  xPx = 320,
  yPx = 240,
}: HeadPose): FaceLandmarks => {
  const see = ([right, down, near]: readonly [number, number, number]): Point => {
    const nodded = down * Math.cos(pitchRad) + near * Math.sin(pitchRad);
    const depth = near * Math.cos(pitchRad) - down * Math.sin(pitchRad);
    const turned = right * Math.cos(yawRad) + depth * Math.sin(yawRad);
    return {
      xPx: xPx + eyesPx * (turned * Math.cos(rollRad) - nodded * Math.sin(rollRad)),
      yPx: yPx + eyesPx * (turned * Math.sin(rollRad) + nodded * Math.cos(rollRad)),
    };
  };
  return {
    rightEye: see(HEAD.rightEye),
    leftEye: see(HEAD.leftEye),
    noseTip: see(HEAD.noseTip),
    mouth: see(HEAD.mouth),
    rightEar: see(HEAD.rightEar),
    leftEar: see(HEAD.leftEar),
  };
};
