import { MienError } from '@mien/contract';
import { NO_AUGMENTATION, RESIDUAL_RECIPE } from '../augment/augment-recipe.ts';
import type { GivenSettings } from './fit-options.ts';
import { nearestName } from './nearest-name.ts';
import { RECIPE_RULES } from './validate-recipe.ts';

/** A name among given settings that no setting has, e.g. misspelt. */
export class UnknownSettingError extends MienError {
  override readonly name = 'UnknownSettingError';
  constructor(
    /** With what it stands in, e.g. `augment.zoom`. */
    readonly setting: string,
    readonly nearest: string,
  ) {
    super(`There is no setting "${setting}"; the nearest is "${nearest}".`);
  }
}

type Names = readonly [string, ...string[]];

const SETTINGS: Names = ['augment', 'cropPx', 'mixupAlpha', ...Object.keys(RECIPE_RULES)];
const namesIn = (known: object): Names => Object.keys(known) as [string, ...string[]];

const assertNames = (given: unknown, path: string, names: Names): void => {
  // What is no object where one belongs is refused with its range.
  if (typeof given !== 'object' || given === null) return;
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UnknownSettingError(`${path}${unknown}`, `${path}${nearestName(unknown, names)}`);
};

/**
 * Checks that given settings have names that settings have, those of the augmentation included. Types do not say so of
 * what was read from a file.
 *
 * @throws {UnknownSettingError} naming the first that none has, and the nearest that there is.
 */
export const assertKnownSettings = (given: GivenSettings): void => {
  assertNames(given, '', SETTINGS);
  assertNames(given.augment, 'augment.', namesIn(NO_AUGMENTATION));
  assertNames(given.augment?.erasing, 'augment.erasing.', namesIn(RESIDUAL_RECIPE.erasing ?? {}));
};
