import { FACE_MARGIN, type ExpressionModel, type FaceLandmarks, type FaceMargin } from '@mien/pipeline';
import { accuracyOf, logLossOf, scoreFaces, type KnownFace, type ScoredFace } from './score-faces.ts';
import { moveFace, withBorder } from './validation-faces.ts';

/** One way to cut faces, and how they are read then. */
export interface MarginRow {
  readonly name: string;
  readonly accuracy: number;
  readonly logLoss: number;
}

const EYE_DISTANCES = [0.3, 0.34, 0.38, 0.42, 0.46, 0.5];
const EYE_HEIGHTS = [0.36, 0.4, 0.44];

const describe = ({ eyeDistance, eyeHeight }: FaceMargin): string =>
  `eyes ${eyeDistance.toFixed(2)} apart, ${eyeHeight.toFixed(2)} down`;

const summarize = (name: string, scored: readonly ScoredFace[]): MarginRow => ({
  name,
  accuracy: accuracyOf(scored),
  logLoss: logLossOf(scored),
});

/** Reads faces cut with each margin of a grid. */
export const measureMargins = async (
  faces: readonly KnownFace[],
  expression: ExpressionModel,
): Promise<MarginRow[]> => {
  const rows: MarginRow[] = [];
  for (const eyeDistance of EYE_DISTANCES)
    for (const eyeHeight of EYE_HEIGHTS) {
      const margin = { eyeDistance, eyeHeight };
      rows.push(summarize(describe(margin), await scoreFaces(faces, expression, { margin })));
    }
  return rows;
};

/** A face with its landmarks changed, by which it is cut. */
const withLandmarks = (known: KnownFace, landmarks: Partial<FaceLandmarks>): KnownFace => ({
  ...known,
  face: { ...known.face, landmarks: { ...known.face.landmarks, ...landmarks } },
});

/** Landmarks that cut the whole frame as it is. */
const uncropped = (known: KnownFace): KnownFace => {
  const { widthPx, heightPx } = known.frame;
  const eye = (side: -1 | 1) => ({
    xPx: widthPx * (0.5 + (side * FACE_MARGIN.eyeDistance) / 2),
    yPx: heightPx * FACE_MARGIN.eyeHeight,
  });
  const [rightEye, leftEye] = [eye(-1), eye(1)];
  return withLandmarks(known, { rightEye, leftEye, mouth: rightEye });
};

/** The distance between the eyes alone says how large the face is. */
const byEyesAlone = (known: KnownFace): KnownFace =>
  withLandmarks(known, { mouth: known.face.landmarks.rightEye });

/** The same square, but upright in the frame. */
const asItIsTilted = (known: KnownFace): KnownFace => {
  const { rightEye, leftEye, mouth } = known.face.landmarks;
  const [x, y] = [(rightEye.xPx + leftEye.xPx) / 2, (rightEye.yPx + leftEye.yPx) / 2];
  const apart = Math.hypot(leftEye.xPx - rightEye.xPx, leftEye.yPx - rightEye.yPx);
  const down = Math.hypot(mouth.xPx - x, mouth.yPx - y);
  return withLandmarks(known, {
    rightEye: { xPx: x - apart / 2, yPx: y },
    leftEye: { xPx: x + apart / 2, yPx: y },
    mouth: { xPx: x, yPx: y + down },
  });
};

/** Black outside the frame, instead of its edge going on. */
const inBlack = ({ frame, face, expressions }: KnownFace): KnownFace => {
  const borderPx = 2 * frame.widthPx;
  return {
    frame: withBorder(frame, borderPx),
    face: moveFace(face, ({ xPx, yPx }) => ({ xPx: xPx + borderPx, yPx: yPx + borderPx })),
    expressions,
  };
};

const WAYS: readonly (readonly [string, (known: KnownFace) => KnownFace])[] = [
  ['as faces are cut', (known) => known],
  ['sized by the eyes alone', byEyesAlone],
  ['not turned upright', asItIsTilted],
  ['black outside the frame', inBlack],
  ['the frame as it is', uncropped],
];

/** Reads faces cut as they are and in ways that were left. */
export const measureWays = async (
  faces: readonly KnownFace[],
  expression: ExpressionModel,
): Promise<MarginRow[]> => {
  const rows: MarginRow[] = [];
  for (const [name, change] of WAYS)
    rows.push(summarize(name, await scoreFaces(faces.map(change), expression)));
  return rows;
};
