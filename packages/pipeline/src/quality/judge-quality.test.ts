import { createRandom } from '@mien/contract';
import { faceSquare } from '../align/face-square.ts';
import { headLandmarks, type HeadPose } from './head.test-support.ts';
import { judgeQuality } from './judge-quality.ts';

const FRAME = { widthPx: 640, heightPx: 480 };
const GRAY = { widthPx: 48, heightPx: 48, channels: 1 } as const;

/** A face with hard edges, its grays between the two. */
const sharpFace = (low = 80, high = 170): Uint8Array => {
  const random = createRandom(3);
  const grays = Uint8Array.from({ length: 64 }, () => Math.round(random.uniform(low, high)));
  return Uint8Array.from({ length: 48 * 48 }, (_, at) => {
    const column = Math.floor((at % 48) / 6);
    return grays[Math.floor(at / 48 / 6) * 8 + column] as number;
  });
};

const judged = (pose: HeadPose = {}, pixels: Uint8Array = sharpFace()) =>
  judgeQuality({
    frame: FRAME,
    face: { landmarks: headLandmarks(pose) },
    aligned: { pixels, input: GRAY },
  });

describe('judgeQuality', () => {
  test('a large, sharp, well lit face from the front has nothing amiss', () => {
    const { sizePx, brightness, ...rest } = judged();
    expect(rest).toMatchObject({ score: 1, sharpness: 1, insideShare: 1, issues: [] });
    expect(sizePx).toBeCloseTo(faceSquare(headLandmarks({})).sidePx, 10);
    expect(brightness).toBeCloseTo(sharpFace().reduce((sum, value) => sum + value, 0) / (48 * 48 * 255), 10);
  });

  test.each([
    ['small', judged({ eyesPx: 8 })],
    ['dark', judged({}, sharpFace(0, 30))],
    ['bright', judged({}, sharpFace(220, 255))],
    ['tilted', judged({ rollRad: 2.5 })],
    ['turned', judged({ yawRad: -1 })],
    ['turned', judged({ pitchRad: 0.6 })],
    ['turned', judged({ pitchRad: -0.9 })],
    ['cut-off', judged({ xPx: 20 })],
    ['cut-off', judged({ yPx: 420 })],
    [
      'blurred',
      judged(
        {},
        Uint8Array.from({ length: 48 * 48 }, (_, at) => 60 + 2 * (at % 48)),
      ),
    ],
  ])('says that a face is %s, and nothing else', (issue, quality) => {
    expect(quality.issues).toEqual([issue]);
    expect(quality.score).toBeLessThan(0.5);
  });

  test('names the worst first', () => {
    const { issues, score } = judged({ eyesPx: 7, yawRad: 1.2 }, sharpFace(0, 40));
    expect(issues).toEqual(['turned', 'small', 'dark']);
    expect(score).toBe(0);
  });

  test('a face at the edge of the frame is not cut off as long as its eyes and mouth are in it', () => {
    const { insideShare, score, issues } = judged({ xPx: 75 });
    expect(insideShare).toBeLessThan(0.9);
    expect({ score, issues }).toEqual({ score: 1, issues: [] });
  });

  test('a little worse than good is a lower score, and not yet an issue', () => {
    const quality = judged({ yawRad: 0.65 });
    expect(quality.issues).toEqual([]);
    expect(quality.score).toBeCloseTo(0.75, 10);
  });

  test('judges colour by the mean of its channels', () => {
    const pixels = Uint8Array.from([...sharpFace(), ...sharpFace(), ...sharpFace()]);
    const aligned = { pixels, input: { ...GRAY, channels: 3 } as const };
    expect(judgeQuality({ frame: FRAME, face: { landmarks: headLandmarks({}) }, aligned })).toEqual({
      ...judged(),
      brightness: expect.closeTo(judged().brightness, 10) as number,
    });
  });
});
