import type { BoundingBox, Point } from '@mien/pipeline';
import { readFile } from 'node:fs/promises';

/** A face as a person marked it by looking; an eye that cannot be seen is `null`. */
export interface MarkedFace {
  /** From above the brows to the chin, and as wide as the face is to be seen. */
  readonly box: BoundingBox;
  /** The middle of the eye's opening; the person's own right. */
  readonly rightEye: Point | null;
  readonly leftEye: Point | null;
}

/** A photograph whose faces are known. */
export interface MarkedPhoto {
  readonly file: string;
  readonly sha256: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly faces: readonly MarkedFace[];
  /** Where it lies. */
  readonly url: URL;
}

interface TruthFile {
  readonly package: string;
  readonly folder: string;
  readonly photos: readonly Omit<MarkedPhoto, 'url'>[];
}

const TRUTH = new URL('../../../test-fixtures/photo-faces.json', import.meta.url);
const PACKAGES = new URL('../../../node_modules/', import.meta.url);

/** Reads which faces are in the photographs that come with the packages of this repository. */
export const readPhotoTruth = async (): Promise<MarkedPhoto[]> => {
  const truth = JSON.parse(await readFile(TRUTH, 'utf8')) as TruthFile;
  const folder = new URL(`${truth.package}/${truth.folder}/`, PACKAGES);
  return truth.photos.map((photo) => Object.assign(photo, { url: new URL(photo.file, folder) }));
};
