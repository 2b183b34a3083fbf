import { getArchitecture } from '../model/architectures.ts';
import type { FitOptions } from './fit-options.ts';
import type { Recipe } from './recipe.ts';
import { resolveRecipe } from './resolve-recipe.ts';
import { InvalidRecipeError } from './validate-recipe.ts';

/** Options that would be without effect for want of others. */
const assertEffective = (options: FitOptions): void => {
  const { data, teachers = [], ownLabels, keepDuplicates, settings } = options;
  const { distillation, ownLabelsWeight, ownLabelsSmoothing } = settings;
  const refuse = (setting: string, value: unknown, reason: string): void => {
    if (value !== undefined) throw new InvalidRecipeError(setting, value, `left out ${reason}`);
  };
  if (teachers.length === 0) refuse('distillation', distillation, 'without models to learn from (--teacher)');
  if (ownLabels === undefined) {
    const reason = 'where the own labels are not learnt (--own-labels)';
    refuse('ownLabelsWeight', ownLabelsWeight, reason);
    refuse('ownLabelsSmoothing', ownLabelsSmoothing, reason);
  }
  if (data === undefined)
    refuse('keepDuplicates', keepDuplicates, 'with the built-in faces, which are all different');
};

/**
 * What the options of a run come to: the architecture's recipe with the settings that were given.
 *
 * @throws {InvalidRecipeError} when an option would be without effect, and in the cases of `resolveRecipe`.
 * @throws what else `resolveRecipe` throws.
 */
export const recipeOf = (options: FitOptions): Recipe => {
  assertEffective(options);
  const { architecture, settings, data } = options;
  return resolveRecipe(getArchitecture(architecture), settings, data === undefined);
};
