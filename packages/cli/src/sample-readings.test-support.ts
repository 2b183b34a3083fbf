import { FERPLUS_LABELS } from '@mien/contract';
import type { FaceReading, TrackedFace, UnsureReason } from '@mien/pipeline';

/** The labels of the sample readings. */
export const LABELS: readonly string[] = FERPLUS_LABELS;

/** A reading as a recognizer gives it, with what a test cares about set. */
export const sampleFace = (params: {
  readonly label?: string;
  readonly probability?: number;
  /** left, top, width, height. */
  readonly box?: readonly [number, number, number, number];
  readonly unsureReasons?: readonly UnsureReason[];
  readonly cropPx?: number;
}): FaceReading => {
  const {
    label = 'happiness',
    probability = 0.9,
    box = [10, 20, 100, 100],
    unsureReasons = [],
    cropPx,
  } = params;
  const [leftPx, topPx, widthPx, heightPx] = box;
  const rest = (1 - probability) / (LABELS.length - 1);
  const point = (x: number, y: number) => ({ xPx: leftPx + x * widthPx, yPx: topPx + y * heightPx });
  return {
    box: { leftPx, topPx, widthPx, heightPx },
    landmarks: {
      rightEye: point(0.3, 0.35),
      leftEye: point(0.7, 0.35),
      noseTip: point(0.5, 0.55),
      mouth: point(0.5, 0.75),
      rightEar: point(0.05, 0.45),
      leftEar: point(0.95, 0.45),
    },
    confidence: 0.98,
    label,
    probability,
    probabilities: LABELS.map((one) => ({ label: one, probability: one === label ? probability : rest })),
    quality: {
      score: 0.93,
      sizePx: widthPx * 1.3,
      sharpness: 1,
      brightness: 0.5,
      rollRad: 0.1,
      yawRad: -0.2,
      pitchRad: 0,
      insideShare: 1,
      issues: unsureReasons.filter((reason) => reason !== 'ambiguous'),
    },
    unsure: unsureReasons.length > 0,
    unsureReasons,
    ...(cropPx === undefined
      ? {}
      : {
          crop: { widthPx: cropPx, heightPx: cropPx, rgba: new Uint8Array(cropPx * cropPx * 4).fill(128) },
        }),
  };
};

/** The same face as it is followed through a video. */
export const sampleTrackedFace = (
  trackId: number,
  params: Parameters<typeof sampleFace>[0],
  firstSeenMs = 0,
): TrackedFace => {
  const face = sampleFace(params);
  const { label, probability, probabilities } = face;
  return { ...face, trackId, firstSeenMs, current: { label, probability, probabilities } };
};
