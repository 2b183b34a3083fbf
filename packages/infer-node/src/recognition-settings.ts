import type { Tiles } from '@mien/pipeline';
import { givenOptions } from './given-options.ts';
import { InvalidOptionError } from './invalid-option-error.ts';

/** How faces are looked for and judged; what is left out is up to the pipeline. */
export interface RecognitionSettings {
  /** How sure the detector must be of a face, in (0, 1). */
  readonly minConfidence?: number;
  /** How many faces are read in one picture at most, the largest; no limit unless told otherwise. */
  readonly maxFaces?: number;
  /** How closely small faces are looked for. */
  readonly tiles?: Tiles;
  /** Below this probability of its label a reading is unsure, in [0, 1]. */
  readonly unsureBelow?: number;
}

const requireFraction = (option: 'minConfidence' | 'unsureBelow', value: number | undefined): void => {
  if (value !== undefined && !(value >= 0 && value <= 1))
    throw new InvalidOptionError(option, value, 'a number from 0 to 1');
};

/**
 * Picks the settings out of options and checks them.
 *
 * @throws {InvalidOptionError} when one has a value that it cannot have.
 */
export const recognitionSettings = ({
  minConfidence,
  maxFaces,
  tiles,
  unsureBelow,
}: RecognitionSettings): RecognitionSettings => {
  requireFraction('minConfidence', minConfidence);
  requireFraction('unsureBelow', unsureBelow);
  if (maxFaces !== undefined && !(maxFaces >= 1))
    throw new InvalidOptionError('maxFaces', maxFaces, 'a whole number from 1');
  return givenOptions({ minConfidence, maxFaces, tiles, unsureBelow });
};
