import { measurePlaces } from './measure-places.ts';
import type { KnownFace } from './score-faces.ts';

/** A face in a picture of 100 × 100 pixels, its nose and mouth straight below eyes on a line, turned by a right angle. */
const face = (apartPx: number, isTurned: boolean): KnownFace => {
  const at = (across: number, down: number) =>
    isTurned ? { xPx: 50 - down, yPx: 40 + across } : { xPx: 50 + across, yPx: 40 + down };
  const [rightEye, leftEye] = [at(-apartPx / 2, 0), at(apartPx / 2, 0)];
  const landmarks = {
    rightEye,
    leftEye,
    noseTip: at(0, 0.6 * apartPx),
    mouth: at(0, apartPx),
    rightEar: rightEye,
    leftEar: leftEye,
  };
  return {
    frame: { widthPx: 100, heightPx: 100, rgba: new Uint8Array(40_000) },
    face: { box: { leftPx: 0, topPx: 0, widthPx: 100, heightPx: 100 }, landmarks, confidence: 1 },
    expressions: [],
  };
};

test('places are shares of the picture and of the distance of the eyes, whatever the tilt', () => {
  const [apart, across, down, nose, mouth] = measurePlaces([
    face(30, false),
    face(40, true),
    face(50, false),
  ]);
  expect(apart?.mean).toBeCloseTo(0.4, 10);
  expect(apart?.median).toBeCloseTo(0.4, 10);
  expect(apart?.deviation).toBeCloseTo(Math.sqrt(0.02 / 3), 10);
  expect(across?.mean).toBeCloseTo(0.5, 10);
  expect(down?.mean).toBeCloseTo(0.4, 10);
  expect(nose?.mean).toBeCloseTo(0.6, 10);
  expect(mouth?.mean).toBeCloseTo(1, 10);
  expect(mouth?.deviation).toBeCloseTo(0, 10);
});
