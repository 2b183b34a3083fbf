import type { DetectedFace, Frame } from '@mien/pipeline';
import { blurredBy, cutOff, litBy, shrunkTo } from './damage-face.ts';
import type { KnownFace } from './score-faces.ts';

const point = { xPx: 24, yPx: 12 };

/** A gray slope of 48 × 48 pixels, all landmarks at one point. */
const known: KnownFace = {
  frame: {
    widthPx: 48,
    heightPx: 48,
    rgba: Uint8Array.from({ length: 48 * 48 * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at >> 2) % 48)),
  },
  face: {
    box: { leftPx: 12, topPx: 12, widthPx: 24, heightPx: 24 },
    landmarks: {
      rightEye: point,
      leftEye: point,
      noseTip: point,
      mouth: point,
      rightEar: point,
      leftEar: point,
    },
    confidence: 0.9,
  } satisfies DetectedFace,
  expressions: ['neutral'],
};

const rowOf = ({ widthPx, rgba }: Frame): number[] =>
  Array.from({ length: widthPx }, (_, x) => rgba[x * 4] as number);

describe('faces made harder', () => {
  test('a shrunk face is averaged, and its landmarks are where they were in it', () => {
    const { frame, face } = shrunkTo(24).apply(known);
    expect([frame.widthPx, frame.heightPx]).toEqual([24, 24]);
    // The means 0.5, 2.5 … of two neighbours, halves rounded up.
    expect(rowOf(frame)).toEqual(Array.from({ length: 24 }, (_, x) => 2 * x + 1));
    expect(face.landmarks.noseTip).toEqual({ xPx: 12, yPx: 6 });
    expect(face.box).toEqual({ leftPx: 6, topPx: 6, widthPx: 12, heightPx: 12 });
  });

  test('a blurred slope stays one but for its ends', () => {
    const row = rowOf(blurredBy(1.5).apply(known).frame);
    expect(row.slice(6, 42)).toEqual(Array.from({ length: 36 }, (_, x) => x + 6));
    expect(row[0]).toBeGreaterThan(0);
  });

  test('light is multiplied, and white stays white', () => {
    const row = rowOf(litBy(6).apply(known).frame);
    expect([row[1], row[42], row[43], row[47]]).toEqual([6, 252, 255, 255]);
  });

  test.each([
    ['left', [36, 48], 12, { xPx: 12, yPx: 12 }],
    ['top', [48, 36], 0, { xPx: 24, yPx: 0 }],
    ['bottom', [48, 36], 0, { xPx: 24, yPx: 12 }],
  ] as const)('a quarter cut off at the %s takes the landmarks with it', (side, size, first, moved) => {
    const { frame, face } = cutOff(side, 0.25).apply(known);
    expect([frame.widthPx, frame.heightPx]).toEqual(size);
    expect(frame.rgba).toHaveLength(size[0] * size[1] * 4);
    expect(rowOf(frame)[0]).toBe(first);
    expect(face.landmarks.mouth).toEqual(moved);
  });
});
