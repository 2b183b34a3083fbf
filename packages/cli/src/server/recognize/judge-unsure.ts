import type { FaceReading } from '@mien/pipeline';

/**
 * Judges again whether a face's reading is unsure, by another bound of its probability; what makes the face itself hard
 * to read stays as it was.
 *
 * @param unsureBelow in [0, 1]; undefined leaves the face as it is.
 */
export const judgeUnsure = <Face extends FaceReading>(face: Face, unsureBelow: number | undefined): Face => {
  if (unsureBelow === undefined) return face;
  const issues = face.unsureReasons.filter((reason) => reason !== 'ambiguous');
  const unsureReasons = face.probability < unsureBelow ? (['ambiguous', ...issues] as const) : issues;
  return { ...face, unsure: unsureReasons.length > 0, unsureReasons };
};
