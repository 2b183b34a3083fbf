import type { Frame } from '@mien/pixels';
import { alignFace } from '../align/align-face.ts';
import { cropFace } from '../align/crop-face.ts';
import type { FaceMargin } from '../align/face-square.ts';
import { classifyInputs } from '../classify-inputs.ts';
import type { DetectedFace } from '../detect/detected-face.ts';
import type { FaceQuality } from '../quality/face-quality.ts';
import { judgeQuality } from '../quality/judge-quality.ts';
import type { Reading } from '../reading.ts';
import type { RunGraph } from '../run-graph.ts';
import type { RunnableCard } from '../run-model.ts';
import type { FaceReading } from './face-reading.ts';
import { unsureReasons } from './unsure.ts';

/** A model of expressions: its card, and a way to run its graph. */
export interface ExpressionModel {
  readonly card: RunnableCard;
  readonly runGraph: RunGraph;
}

/** How faces that were found are read. */
export interface ReadOptions {
  /** Adds each face as it was aligned to its reading, in colour, as a square of this many pixels. */
  readonly cropPx?: number | undefined;
  /** Below this probability of its label a reading is unsure, in [0, 1]. {@link UNSURE_BELOW} unless told otherwise. */
  readonly unsureBelow?: number | undefined;
  /** How much is cut around a face; what the shipped model reads best unless told otherwise. */
  readonly margin?: FaceMargin | undefined;
}

const areaOf = ({ box }: DetectedFace): number => box.widthPx * box.heightPx;

const toFaceReading = ({
  face,
  reading,
  quality,
  crop,
  unsureBelow,
}: {
  readonly face: DetectedFace;
  readonly reading: Reading;
  readonly quality: FaceQuality;
  readonly crop: Frame | undefined;
  readonly unsureBelow: number | undefined;
}): FaceReading => {
  const reasons = unsureReasons(reading.probability, quality, unsureBelow);
  const known = { ...face, ...reading, quality, unsure: reasons.length > 0, unsureReasons: reasons };
  return crop === undefined ? known : { ...known, crop };
};

/**
 * Aligns faces that were found in a frame, judges how well they can be read, and classifies them in one run of the
 * graph.
 *
 * @returns a reading for each face, the largest first.
 * @throws {InvalidCropSizeError} when `cropPx` is not a whole number from 1 to 4096.
 * @throws {InvalidFrameError} when the frame's bytes do not match its size.
 * @throws {InvalidGraphOutputError} when the graph is not the one that the card describes.
 */
export const readFaces = async ({
  frame,
  faces,
  expression: { card, runGraph },
  options: { cropPx, unsureBelow, margin } = {},
}: {
  readonly frame: Frame;
  readonly faces: readonly DetectedFace[];
  readonly expression: ExpressionModel;
  readonly options?: ReadOptions | undefined;
}): Promise<FaceReading[]> => {
  const { input } = card;
  const ordered = faces.toSorted((one, other) => areaOf(other) - areaOf(one));
  const inputs = ordered.map((face) => alignFace({ frame, face, input, margin }));
  const readings = await classifyInputs({ inputs, card, runGraph });
  return ordered.map((face, index) => {
    const aligned = { pixels: inputs[index] as Uint8Array, input };
    const reading = readings[index] as Reading;
    const quality = judgeQuality({ frame, face, aligned, margin });
    const crop = cropPx === undefined ? undefined : cropFace({ frame, face, sizePx: cropPx, margin });
    return toFaceReading({ face, reading, quality, crop, unsureBelow });
  });
};
