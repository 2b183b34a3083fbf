import type { FaceLandmarks, Point } from '../detect/detected-face.ts';
import { FACE_MARGIN, faceSquare } from './face-square.ts';

/** A face seen from the front, its eyes `apartPx` apart around (300, 200), turned clockwise. */
const face = (apartPx: number, turn = 0, eyesPx = apartPx): FaceLandmarks => {
  const place = (across: number, down: number): Point => ({
    xPx: 300 + across * Math.cos(turn) - down * Math.sin(turn),
    yPx: 200 + across * Math.sin(turn) + down * Math.cos(turn),
  });
  return {
    rightEye: place(-eyesPx / 2, 0),
    leftEye: place(eyesPx / 2, 0),
    noseTip: place(0, 0.6 * apartPx),
    mouth: place(0, apartPx),
    rightEar: place(-0.9 * apartPx, 0.1 * apartPx),
    leftEar: place(0.9 * apartPx, 0.1 * apartPx),
  };
};

/** Where a place of the frame lies in the square, as shares of its side from its top left corner. */
const inSquare = (landmarks: FaceLandmarks, { xPx, yPx }: Point) => {
  const { centreXPx, centreYPx, sidePx, cos, sin } = faceSquare(landmarks);
  const x = xPx - centreXPx;
  const y = yPx - centreYPx;
  return { across: 0.5 + (x * cos + y * sin) / sidePx, down: 0.5 + (y * cos - x * sin) / sidePx };
};

describe('faceSquare', () => {
  test.each([
    ['a small upright face', 20, 0],
    ['a large one', 400, 0],
    ['one tilted to its left shoulder', 90, 0.7],
    ['one tilted to its right', 90, -1.2],
    ['one upside down', 90, Math.PI],
  ])('puts the eyes of %s at the places of the margin', (_, apartPx, turn) => {
    const landmarks = face(apartPx, turn);
    const right = inSquare(landmarks, landmarks.rightEye);
    const left = inSquare(landmarks, landmarks.leftEye);
    expect(right.across).toBeCloseTo(0.5 - FACE_MARGIN.eyeDistance / 2, 10);
    expect(left.across).toBeCloseTo(0.5 + FACE_MARGIN.eyeDistance / 2, 10);
    expect(right.down).toBeCloseTo(FACE_MARGIN.eyeHeight, 10);
    expect(left.down).toBeCloseTo(FACE_MARGIN.eyeHeight, 10);
  });

  test('a head turned to the side is not cut closer because its eyes come together', () => {
    const front = faceSquare(face(90));
    const profile = faceSquare(face(90, 0, 25));
    expect(profile.sidePx).toBeGreaterThan(0.9 * front.sidePx);
    expect(profile.sidePx).toBeLessThanOrEqual(front.sidePx);
  });

  test('takes the margin that it is told', () => {
    const square = faceSquare(face(90), { eyeDistance: 0.3, eyeHeight: 0.5 });
    expect(square).toEqual({ centreXPx: 300, centreYPx: 200, sidePx: 300, cos: 1, sin: 0 });
  });

  test('stays finite where all points coincide', () => {
    const point = { xPx: 7, yPx: 9 };
    const landmarks = {
      rightEye: point,
      leftEye: point,
      noseTip: point,
      mouth: point,
      rightEar: point,
      leftEar: point,
    };
    expect(Object.values(faceSquare(landmarks)).every(Number.isFinite)).toBe(true);
  });
});
