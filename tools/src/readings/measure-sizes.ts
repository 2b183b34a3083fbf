import type { ExpressionModel } from '@mien/pipeline';
import sharp from 'sharp';
import { decodePhoto } from '../faces/decode-photo.ts';
import type { PhotoFace } from './photo-faces.ts';
import { scoreFaces, type KnownFace, type ScoredFace } from './score-faces.ts';
import { moveFace } from './validation-faces.ts';

/** How much readings change with a face's size. */
export interface SizeRow {
  /** The side of the square that was cut, pixels. */
  readonly sidePx: number;
  /** The largest difference of a probability from that of the largest size, over all faces, and the median face's. */
  readonly largest: number;
  readonly median: number;
  readonly sameLabel: number;
}

/** The face's surroundings in a photograph that was resized so that the face has a given size; landmarks go with it. */
const resized = async ({ frame, face, expressions }: KnownFace, scale: number): Promise<KnownFace> => {
  const { leftPx, topPx, widthPx, heightPx } = face.box;
  const left = Math.max(0, Math.floor(leftPx - widthPx));
  const top = Math.max(0, Math.floor(topPx - heightPx));
  const width = Math.min(frame.widthPx, Math.ceil(leftPx + 2 * widthPx)) - left;
  const height = Math.min(frame.heightPx, Math.ceil(topPx + 2 * heightPx)) - top;
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  const raw = { width: frame.widthPx, height: frame.heightPx, channels: 4 } as const;
  const picture = sharp(frame.rgba, { raw }).extract({ left, top, width, height });
  return {
    frame: await decodePhoto(picture.resize(wide, high, { fit: 'fill' })),
    face: moveFace(face, ({ xPx, yPx }) => ({
      xPx: ((xPx - left) * wide) / width,
      yPx: ((yPx - top) * high) / height,
    })),
    expressions,
  };
};

const differenceOf = (one: ScoredFace, other: ScoredFace): number =>
  Math.max(
    ...one.reading.probabilities.map(({ probability }, index) =>
      Math.abs(probability - (other.reading.probabilities[index]?.probability ?? NaN)),
    ),
  );

const compare = (
  sidePx: number,
  scored: readonly ScoredFace[],
  reference: readonly ScoredFace[],
): SizeRow => {
  const differences = scored
    .map((one, index) => differenceOf(one, reference[index] as ScoredFace))
    .toSorted((one, other) => one - other);
  const same = scored.filter(({ reading }, index) => reading.label === reference[index]?.reading.label);
  return {
    sidePx,
    largest: differences.at(-1) as number,
    median: differences[Math.floor(differences.length / 2)] as number,
    sameLabel: same.length / scored.length,
  };
};

/** The sizes in which faces are read, the one to compare with first. */
export const SIZES = [600, 400, 300, 200, 150, 100, 80, 60, 48, 40, 30];

/** Reads each face in photographs of several sizes. */
export const measureSizes = async (
  faces: readonly PhotoFace[],
  expression: ExpressionModel,
  sizes: readonly number[] = SIZES,
): Promise<SizeRow[]> => {
  const asTheyAre = await scoreFaces(faces, expression);
  const scoredAt = async (sidePx: number): Promise<ScoredFace[]> => {
    const scaled = faces.map((face, index) =>
      resized(face, sidePx / (asTheyAre[index]?.reading.quality.sizePx ?? NaN)),
    );
    return scoreFaces(await Promise.all(scaled), expression);
  };
  const rows: SizeRow[] = [];
  let reference: readonly ScoredFace[] | undefined;
  for (const sidePx of sizes) {
    const scored = await scoredAt(sidePx);
    reference ??= scored;
    rows.push(compare(sidePx, scored, reference));
  }
  return rows;
};
