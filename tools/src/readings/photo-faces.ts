import { detectFaces, intersectionOverUnion, type Detector } from '@mien/pipeline';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { decodePhoto } from '../faces/decode-photo.ts';
import { readPhotoTruth } from '../faces/photo-truth.ts';
import type { KnownFace } from './score-faces.ts';

const EXPRESSIONS = new URL('../../../test-fixtures/photo-expressions.json', import.meta.url);

/** Boxes that share this much are the same face. */
const SAME_FACE = 0.4;

/** A face of a photograph whose expression is known. */
export interface PhotoFace extends KnownFace {
  /** The photograph's file, and which of its marked faces it is, from 0. */
  readonly name: string;
}

/** Finds the faces of the marked photographs, and tells what somebody who looks may call their expressions. */
export const findPhotoFaces = async (detector: Detector): Promise<PhotoFace[]> => {
  const expressions = JSON.parse(await readFile(EXPRESSIONS, 'utf8')) as Record<string, readonly string[][]>;
  const known: PhotoFace[] = [];
  for (const photo of await readPhotoTruth()) {
    const frame = await decodePhoto(sharp(fileURLToPath(photo.url)));
    const found = await detectFaces({ frame, detector });
    for (const [index, { box }] of photo.faces.entries()) {
      const face = found.find((one) => intersectionOverUnion(one.box, box) >= SAME_FACE);
      const labels = expressions[photo.file]?.[index] ?? [];
      if (face !== undefined)
        known.push({ name: `${photo.file} ${index}`, frame, face, expressions: labels });
    }
  }
  return known;
};
