import { InvalidOptionError } from '@mien/contract';
import type { Tiles } from '../detect/find-candidates.ts';
import { givenOptions } from '../given-options.ts';

/** How faces are looked for and judged; what is left out is up to the pipeline. */
export interface RecognitionSettings {
  /** How sure the detector must be of a face, in (0, 1]; 0.5 unless told otherwise. */
  readonly minConfidence?: number;
  /** How many faces are read in one picture at most, the largest; no limit unless told otherwise. */
  readonly maxFaces?: number;
  /** How closely small faces are looked for; `auto` unless told otherwise. */
  readonly tiles?: Tiles;
  /** Below this probability of its label a reading is unsure, in [0, 1]. */
  readonly unsureBelow?: number;
}

const check = <Value>(
  option: keyof RecognitionSettings,
  value: Value | undefined,
  isValid: (value: Value) => boolean,
  expected: string,
): void => {
  if (value !== undefined && !isValid(value)) throw new InvalidOptionError(option, value, expected);
};

const isCount = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

/**
 * Picks the settings out of options and checks them, before a worker has to.
 *
 * @throws {InvalidOptionError} when one has a value that it cannot have.
 */
export const recognitionSettings = ({
  minConfidence,
  maxFaces,
  tiles,
  unsureBelow,
}: RecognitionSettings): RecognitionSettings => {
  check('minConfidence', minConfidence, (share) => share > 0 && share <= 1, 'a number over 0, up to 1');
  check(
    'maxFaces',
    maxFaces,
    (count) => count === Infinity || isCount(count, 1, 2 ** 31),
    'a whole number from 1',
  );
  check(
    'tiles',
    tiles,
    (level) => level === 'auto' || level === 'none' || isCount(level, 0, 5),
    '"auto", "none" or a whole number from 0 to 5',
  );
  check('unsureBelow', unsureBelow, (share) => share >= 0 && share <= 1, 'a number from 0 to 1');
  return givenOptions({ minConfidence, maxFaces, tiles, unsureBelow });
};
