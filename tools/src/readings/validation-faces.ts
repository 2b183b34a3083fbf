import { detectFaces, type DetectedFace, type Detector, type Frame, type Point } from '@mien/pipeline';
import { loadDataset, type ImageSplit } from '@mien/training';
import type { KnownFace } from './score-faces.ts';

/** How much black is put around a cropped face for the detector, which looks for faces that do not fill the picture. */
const BORDER_SHARE = 1 / 3;

/** Cropped, labelled faces, and what of them is used. */
export interface ValidationParams {
  /** As `training:fit --data` and `--votes`. */
  readonly data: string;
  readonly votes: string | undefined;
  readonly cacheDir: string;
  /** Takes every so many-th face. */
  readonly every: number;
}

const toFrame = (gray: Uint8Array, widthPx: number): Frame => {
  const rgba = new Uint8Array(gray.length * 4).fill(255);
  for (const [pixel, value] of gray.entries()) rgba.fill(value, pixel * 4, pixel * 4 + 3);
  return { widthPx, heightPx: gray.length / widthPx, rgba };
};

/** The frame with a border of black around it. */
export const withBorder = ({ widthPx, heightPx, rgba }: Frame, borderPx: number): Frame => {
  const wide = widthPx + 2 * borderPx;
  const high = heightPx + 2 * borderPx;
  const framed = new Uint8Array(wide * high * 4);
  for (let at = 3; at < framed.length; at += 4) framed[at] = 255;
  for (let y = 0; y < heightPx; y++)
    framed.set(rgba.subarray(y * widthPx * 4, (y + 1) * widthPx * 4), ((y + borderPx) * wide + borderPx) * 4);
  return { widthPx: wide, heightPx: high, rgba: framed };
};

/** A face whose every point goes where `move` puts it. */
export const moveFace = (
  { box, landmarks, confidence }: DetectedFace,
  move: (point: Point) => Point,
): DetectedFace => {
  const { xPx, yPx } = move({ xPx: box.leftPx, yPx: box.topPx });
  const end = move({ xPx: box.leftPx + box.widthPx, yPx: box.topPx + box.heightPx });
  return {
    box: { leftPx: xPx, topPx: yPx, widthPx: end.xPx - xPx, heightPx: end.yPx - yPx },
    landmarks: {
      rightEye: move(landmarks.rightEye),
      leftEye: move(landmarks.leftEye),
      noseTip: move(landmarks.noseTip),
      mouth: move(landmarks.mouth),
      rightEar: move(landmarks.rightEar),
      leftEar: move(landmarks.leftEar),
    },
    confidence,
  };
};

const detectIn = async (frame: Frame, detector: Detector): Promise<DetectedFace | undefined> => {
  const borderPx = Math.round(frame.widthPx * BORDER_SHARE);
  const [face] = await detectFaces({ frame: withBorder(frame, borderPx), detector });
  return face && moveFace(face, ({ xPx, yPx }) => ({ xPx: xPx - borderPx, yPx: yPx - borderPx }));
};

const labelAt = ({ targets }: ImageSplit, index: number, labels: readonly string[]): string => {
  const row = targets.subarray(index * labels.length, (index + 1) * labels.length);
  return labels[row.indexOf(Math.max(...row))] as string;
};

/** The faces that were found, and how many were looked at. */
export interface ValidationFaces {
  readonly faces: readonly KnownFace[];
  readonly scored: number;
}

/** Finds the faces of a dataset's validation images, which are cropped faces themselves. */
export const findValidationFaces = async (
  { data, votes, cacheDir, every }: ValidationParams,
  detector: Detector,
): Promise<ValidationFaces> => {
  const geometry = { widthPx: 48, heightPx: 48, channels: 1 } as const;
  const protocol = votes === undefined ? undefined : 'strict';
  const { labels, validation } = await loadDataset({ data, votes, protocol, geometry, seed: 1, cacheDir });
  const chosen = [...validation.scored.keys()]
    .filter((index) => validation.scored[index] === 1)
    .filter((_, index) => index % every === 0);
  const area = geometry.widthPx * geometry.heightPx;
  const faces: KnownFace[] = [];
  for (const index of chosen) {
    const frame = toFrame(validation.pixels.subarray(index * area, (index + 1) * area), geometry.widthPx);
    const face = await detectIn(frame, detector);
    if (face !== undefined) faces.push({ frame, face, expressions: [labelAt(validation, index, labels)] });
  }
  return { faces, scored: chosen.length };
};
