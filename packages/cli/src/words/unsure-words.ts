import { QUALITY_ISSUES, type FaceReading } from '@mien/pipeline';

/** Every way in which {@link readingWords} says that a face is unsure. */
export const UNSURE_WORDS = ['ambiguous', ...QUALITY_ISSUES].map((reason) => `unsure (${reason})`);

/** A face's label, or that it is unsure and the weightiest reason why. */
export const readingWords = ({ label, unsure, unsureReasons }: FaceReading): string => {
  if (!unsure) return label;
  const [reason] = unsureReasons;
  return reason === undefined ? 'unsure' : `unsure (${reason})`;
};
