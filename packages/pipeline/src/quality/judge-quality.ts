import { resizePlane, type Frame, type InputGeometry, type Plane } from '@mien/pixels';
import { faceSquare, type FaceMargin } from '../align/face-square.ts';
import type { DetectedFace, FaceLandmarks } from '../detect/detected-face.ts';
import { estimateAngles } from './face-angles.ts';
import { QUALITY_ISSUES, type FaceQuality } from './face-quality.ts';
import { insideShare } from './inside-share.ts';
import { qualityParts, type FaceMeasures } from './quality-parts.ts';
import { measureSharpness } from './sharpness.ts';

/** A face as a model gets it: what `alignFace` gives, and the size and colour that it was told. */
export interface AlignedFace {
  /** Bytes, planar `[channels, heightPx, widthPx]`. */
  readonly pixels: Uint8Array;
  readonly input: InputGeometry;
}

/** The size of a frame. */
type FrameSize = Pick<Frame, 'widthPx' | 'heightPx'>;

/** The size at which sharpness was measured and its limits were found. */
const JUDGED = { widthPx: 48, heightPx: 48 };

const toGray = ({ pixels, input: { widthPx, heightPx, channels } }: AlignedFace): Plane => {
  const area = widthPx * heightPx;
  const values = new Float64Array(area);
  for (let at = 0; at < channels * area; at++)
    values[at % area] = (values[at % area] as number) + (pixels[at] as number) / channels;
  return { widthPx, heightPx, values };
};

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** How far the eyes and the mouth are inside a frame, pixels: the least of them, negative outside. */
const insetPx = ({ widthPx, heightPx }: FrameSize, { rightEye, leftEye, mouth }: FaceLandmarks): number =>
  Math.min(
    ...[rightEye, leftEye, mouth].map(({ xPx, yPx }) => Math.min(xPx, yPx, widthPx - xPx, heightPx - yPx)),
  );

const judge = ({ inset, ...measures }: FaceMeasures): FaceQuality => {
  const parts = qualityParts({ inset, ...measures });
  const poor = QUALITY_ISSUES.filter((issue) => parts[issue] < 0.5);
  return {
    score: Math.min(...Object.values(parts)),
    ...measures,
    issues: poor.toSorted((one, other) => parts[one] - parts[other]),
  };
};

/**
 * Judges how well a face can be read, from its landmarks and from the pixels that the model gets.
 *
 * @param frame the size of the frame that it was found in.
 * @param margin with which it was aligned.
 */
export const judgeQuality = ({
  frame,
  face: { landmarks },
  aligned,
  margin,
}: {
  readonly frame: FrameSize;
  readonly face: Pick<DetectedFace, 'landmarks'>;
  readonly aligned: AlignedFace;
  readonly margin?: FaceMargin | undefined;
}): FaceQuality => {
  const square = faceSquare(landmarks, margin);
  const gray = toGray(aligned);
  return judge({
    sizePx: square.sidePx,
    sharpness: measureSharpness(resizePlane(gray, JUDGED)),
    brightness: meanOf(gray.values) / 255,
    ...estimateAngles(landmarks),
    insideShare: insideShare(frame, square),
    inset: insetPx(frame, landmarks) / square.sidePx,
  });
};
