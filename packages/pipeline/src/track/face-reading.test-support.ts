import type { BoundingBox } from '../detect/detected-face.ts';
import type { FaceQuality } from '../quality/face-quality.ts';
import type { FaceReading } from '../recognize/face-reading.ts';

const LABELS = ['neutral', 'happiness', 'surprise'] as const;

/** A face's box around a centre. */
export const boxAt = (xPx: number, yPx: number, sidePx = 100): BoundingBox => ({
  leftPx: xPx - sidePx / 2,
  topPx: yPx - sidePx / 2,
  widthPx: sidePx,
  heightPx: sidePx,
});

/** A reading of a face with the given probabilities of neutral, happiness and surprise. */
export const readingAt = (
  box: BoundingBox,
  row: readonly [number, number, number] = [0.8, 0.1, 0.1],
  quality: Partial<FaceQuality> = {},
): FaceReading => {
  const middle = { xPx: box.leftPx + box.widthPx / 2, yPx: box.topPx + box.heightPx / 2 };
  const probability = Math.max(...row);
  return {
    box,
    landmarks: {
      rightEye: middle,
      leftEye: middle,
      noseTip: middle,
      mouth: middle,
      rightEar: middle,
      leftEar: middle,
    },
    confidence: 0.9,
    label: LABELS[row.indexOf(probability)] as string,
    probability,
    probabilities: LABELS.map((label, index) => ({ label, probability: row[index] as number })),
    quality: {
      score: 1,
      sizePx: box.widthPx,
      sharpness: 1,
      brightness: 0.5,
      rollRad: 0,
      yawRad: 0,
      pitchRad: 0,
      insideShare: 1,
      issues: [],
      ...quality,
    },
    unsure: false,
    unsureReasons: [],
  };
};
