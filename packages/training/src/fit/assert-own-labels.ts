import { MAIN_OUTPUT } from '@mien/contract';
import { getArchitecture } from '../model/architectures.ts';
import type { FitOptions } from './fit-options.ts';
import { InvalidRecipeError } from './validate-recipe.ts';

/**
 * Checks that an architecture can have a second head of the given name.
 *
 * @throws {InvalidRecipeError} when it cannot.
 */
export const assertOwnLabels = ({ ownLabels, architecture }: FitOptions): void => {
  if (ownLabels === undefined) return;
  if (!getArchitecture(architecture).takesSecondHead)
    throw new InvalidRecipeError('ownLabels', ownLabels, `left out with architecture "${architecture}"`);
  if (!/^[a-z][a-z0-9_]*$/u.test(ownLabels) || ownLabels === MAIN_OUTPUT)
    throw new InvalidRecipeError(
      'ownLabels',
      ownLabels,
      `a name of small letters, digits and _, other than "${MAIN_OUTPUT}"`,
    );
};
