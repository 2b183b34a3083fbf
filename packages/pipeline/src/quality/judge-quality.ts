import type { InputGeometry, Plane } from '@mien/pixels';
import { faceSquare, type FaceMargin } from '../align/face-square.ts';
import type { DetectedFace } from '../detect/detected-face.ts';
import { faceAngles } from './face-angles.ts';
import type { FaceQuality, QualityIssue } from './face-quality.ts';
import { insideShare } from './inside-share.ts';
import { sharpness } from './sharpness.ts';

/** What an aligned face looks like to a model, as {@link alignFace} gives it. */
export interface AlignedFace {
  /** Bytes, planar `[channels, heightPx, widthPx]`. */
  readonly pixels: Uint8Array;
  readonly input: InputGeometry;
}

/** A measure of quality: nothing is amiss from `good` on, and at `poor` it is an issue. */
interface Limits {
  readonly good: number;
  readonly poor: number;
}

const LIMITS = {
  sizePx: { good: 48, poor: 28 },
  sharpness: { good: 0.6, poor: 0.3 },
  dark: { good: 0.2, poor: 0.08 },
  bright: { good: 0.8, poor: 0.92 },
  rollRad: { good: 0.6, poor: 1 },
  turnRad: { good: 0.4, poor: 0.7 },
  insideShare: { good: 0.9, poor: 0.7 },
} satisfies Record<string, Limits>;

/** 1 where nothing is amiss, 0.5 where it becomes an issue, straight between and beyond, in [0, 1]. */
const part = (value: number, { good, poor }: Limits): number =>
  Math.min(Math.max(0.5 + (0.5 * (value - poor)) / (good - poor), 0), 1);

const toGray = ({ pixels, input: { widthPx, heightPx, channels } }: AlignedFace): Plane => {
  const area = widthPx * heightPx;
  const values = Float64Array.from({ length: area }, (_, at) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += pixels[channel * area + at] as number;
    return sum / channels;
  });
  return { widthPx, heightPx, values };
};

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Judges how well a face can be read, from its landmarks and from the pixels that the model gets.
 *
 * @param frame the size of the frame.
 * @param margin with which the face was aligned.
 */
export const judgeQuality = ({
  frame,
  face: { landmarks },
  aligned,
  margin,
}: {
  readonly frame: { readonly widthPx: number; readonly heightPx: number };
  readonly face: Pick<DetectedFace, 'landmarks'>;
  readonly aligned: AlignedFace;
  readonly margin?: FaceMargin | undefined;
}): FaceQuality => {
  const square = faceSquare(landmarks, margin);
  const gray = toGray(aligned);
  const angles = faceAngles(landmarks);
  const measured = {
    sizePx: square.sidePx,
    sharpness: sharpness(gray),
    brightness: meanOf(gray.values) / 255,
    ...angles,
    insideShare: insideShare(frame, square),
  };
  const parts: readonly (readonly [QualityIssue, number])[] = [
    ['small', part(measured.sizePx, LIMITS.sizePx)],
    ['blurred', part(measured.sharpness, LIMITS.sharpness)],
    ['dark', part(measured.brightness, LIMITS.dark)],
    ['bright', part(measured.brightness, LIMITS.bright)],
    ['tilted', part(Math.abs(angles.rollRad), LIMITS.rollRad)],
    ['turned', part(Math.max(Math.abs(angles.yawRad), Math.abs(angles.pitchRad)), LIMITS.turnRad)],
    ['cut-off', part(measured.insideShare, LIMITS.insideShare)],
  ];
  const ordered = parts.toSorted(([, one], [, other]) => one - other);
  return {
    score: Math.min(...parts.map(([, value]) => value)),
    ...measured,
    issues: ordered.filter(([, value]) => value < 0.5).map(([issue]) => issue),
  };
};
