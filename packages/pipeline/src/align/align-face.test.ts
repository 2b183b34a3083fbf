import { faceToInput, InvalidFrameError } from '@mien/pixels';
import { headLandmarks } from '../quality/head.test-support.ts';
import { alignFace } from './align-face.ts';
import { cropFace } from './crop-face.ts';
import { InvalidCropSizeError } from './invalid-crop-size-error.ts';

const GRAY = { widthPx: 48, heightPx: 48, channels: 1 } as const;

/** A white frame with a dark dot of a tenth of the distance of the eyes on each eye. */
const dottedFrame = (landmarks: ReturnType<typeof headLandmarks>, radiusPx: number) => {
  const widthPx = 640;
  const heightPx = 480;
  const rgba = new Uint8Array(widthPx * heightPx * 4).fill(255);
  for (const { xPx, yPx } of [landmarks.rightEye, landmarks.leftEye])
    for (let y = Math.floor(yPx - radiusPx); y <= yPx + radiusPx; y++)
      for (let x = Math.floor(xPx - radiusPx); x <= xPx + radiusPx; x++)
        rgba.fill(0, (y * widthPx + x) * 4, (y * widthPx + x) * 4 + 3);
  return { widthPx, heightPx, rgba };
};

/** The centre of what is dark in one half of an input, in pixels of it. */
const darkCentre = (pixels: Uint8Array, fromColumn: number) => {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (const [at, value] of pixels.entries()) {
    const column = at % 48;
    if (column < fromColumn || column >= fromColumn + 24) continue;
    sum += 255 - value;
    sumX += (255 - value) * (column + 0.5);
    sumY += (255 - value) * (Math.floor(at / 48) + 0.5);
  }
  return { x: sumX / sum, y: sumY / sum };
};

describe('alignFace', () => {
  test.each([
    ['upright and large', { eyesPx: 160 }],
    ['tilted', { eyesPx: 120, rollRad: 0.6 }],
    ['tilted the other way, small', { eyesPx: 30, rollRad: -1.1 }],
  ])('puts the eyes of a face that is %s on two pixels of the input', (_, pose) => {
    const landmarks = headLandmarks(pose);
    const frame = dottedFrame(landmarks, pose.eyesPx / 10);
    const pixels = alignFace({
      frame,
      face: { landmarks },
      input: GRAY,
      margin: { eyeDistance: 0.4, eyeHeight: 0.375 },
    });
    // 48 · (0.5 ∓ 0.2) across and 48 · 0.375 down; dots of whole pixels are a little off.
    const right = darkCentre(pixels, 0);
    const left = darkCentre(pixels, 24);
    expect(Math.abs(right.x - 14.4)).toBeLessThan(0.5);
    expect(Math.abs(right.y - 18)).toBeLessThan(0.5);
    expect(Math.abs(left.x - 33.6)).toBeLessThan(0.5);
    expect(Math.abs(left.y - 18)).toBeLessThan(0.5);
  });

  test('refuses a frame whose bytes do not match its size', () => {
    const frame = { widthPx: 2, heightPx: 2, rgba: new Uint8Array(3) };
    const face = { landmarks: headLandmarks({}) };
    expect(() => alignFace({ frame, face, input: GRAY })).toThrow(InvalidFrameError);
  });
});

describe('cropFace', () => {
  test('shows just what alignFace gives a model', () => {
    const landmarks = headLandmarks({ eyesPx: 60, rollRad: 0.4 });
    const frame = dottedFrame(landmarks, 6);
    const crop = cropFace({ frame, face: { landmarks }, sizePx: 48 });
    expect(crop).toMatchObject({ widthPx: 48, heightPx: 48 });
    expect(faceToInput(crop, GRAY)).toEqual(alignFace({ frame, face: { landmarks }, input: GRAY }));
  });

  test.each([0, -5, 1.5, NaN, 5000])('refuses to cut to %d pixels', (sizePx) => {
    const frame = { widthPx: 1, heightPx: 1, rgba: Uint8Array.of(1, 2, 3, 255) };
    expect(() => cropFace({ frame, face: { landmarks: headLandmarks({}) }, sizePx })).toThrow(
      InvalidCropSizeError,
    );
  });
});
