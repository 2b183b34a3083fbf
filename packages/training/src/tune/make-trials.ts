import type { FitOptions, GivenSettings } from '../fit/fit-options.ts';
import type { Recipe } from '../fit/recipe.ts';
import { recipeOf } from '../fit/recipe-of.ts';
import { sampleTrials, type AxisValues } from './sample-trials.ts';
import type { Space } from './space.ts';
import type { Trial } from './trial.ts';

/**
 * Options for a whole run of a search: with its number of epochs, and without the end at a certain accuracy that some
 * recipes have, as trials that are over once they are good enough cannot be told apart. An end that the user asked for
 * stays.
 */
export const optionsForSearch = (options: FitOptions, epochs: number): FitOptions => {
  const settings: GivenSettings = { ...options.settings, epochs };
  const { stopAtAccuracy } = recipeOf({ ...options, settings });
  const isUnasked = stopAtAccuracy !== null && settings.stopAtAccuracy === undefined;
  return { ...options, settings: isUnasked ? { ...settings, stopAtAccuracy: 1 } : settings };
};

/** Sets the axes that differ from the recipe; the others stay unsaid, which keeps the command short. */
const settingsWith = (
  settings: GivenSettings,
  values: AxisValues,
  space: Space,
  recipe: Recipe,
): GivenSettings => {
  let result = settings;
  for (const { axis } of space) {
    const value = values[axis.name];
    if (value !== undefined && value !== axis.valueIn(recipe)) result = axis.apply(result, value, recipe);
  }
  return result;
};

/**
 * Draws the trials of a search and resolves each one's settings, so that what cannot be trained is told before anything
 * is.
 *
 * @param params.options see {@link optionsForSearch}; their seed draws the trials too.
 * @throws {InvalidRecipeError | InvalidAugmentSettingError} when the space holds a value that training does not take.
 */
export const makeTrials = (params: {
  readonly options: FitOptions;
  readonly space: Space;
  readonly count: number;
  readonly hasBaseline: boolean;
}): Trial[] => {
  const { options, space } = params;
  const recipe = recipeOf(options);
  return sampleTrials({ ...params, recipe, seed: options.seed }).map((values, index) => {
    const settings = settingsWith(options.settings, values, space, recipe);
    const trialOptions = { ...options, settings };
    return { number: index + 1, values, options: trialOptions, recipe: recipeOf(trialOptions) };
  });
};
