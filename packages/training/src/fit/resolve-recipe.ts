import { RESIDUAL_RECIPE } from '../augment/augment-recipe.ts';
import { validateAugmentRecipe } from '../augment/validate-recipe.ts';
import type { Architecture } from '../model/architecture.ts';
import type { GivenSettings } from './fit-options.ts';
import type { OptimizerName, Recipe } from './recipe.ts';
import { assertKnownSettings } from './unknown-setting.ts';
import { InvalidRecipeError, validateRecipe } from './validate-recipe.ts';

/** Learning rates that an optimiser usually does well with, for runs that change the optimiser but name no rate. */
const USUAL_LEARNING_RATE: Readonly<Record<OptimizerName, number>> = {
  sgd: 0.01,
  momentum: 0.01,
  nesterov: 0.01,
  adam: 1e-3,
  adamw: 1e-3,
};

const definedOnly = <T extends object>(given: T): Partial<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;

/** The architecture's recipe without the settings that a given optimiser or schedule has no use for. */
const defaultsFor = (recipe: Recipe, given: Partial<Recipe>): Recipe => {
  const { momentum, decayEveryEpochs, decayFactor, ...rest } = recipe;
  const isOptimizerKept = given.optimizer === undefined || given.optimizer === recipe.optimizer;
  const isScheduleKept = given.schedule === undefined || given.schedule === recipe.schedule;
  return {
    ...rest,
    ...(isOptimizerKept ? definedOnly({ momentum }) : { learningRate: USUAL_LEARNING_RATE[given.optimizer] }),
    ...(isScheduleKept ? definedOnly({ decayEveryEpochs, decayFactor }) : {}),
  };
};

/**
 * What differs when the plain CNN learns the built-in faces, so that a first run keeps nobody waiting: they are upright
 * and well cropped, and turning them by 40° as the document does would take twice as many steps to the same
 * accuracy; averaged weights score steadily from the first epochs on; and it is over once it is good.
 */
const BUILT_IN_DOCUMENT: Pick<Recipe, 'epochs' | 'emaDecay' | 'stopAtAccuracy' | 'augment'> = {
  epochs: 8,
  emaDecay: 0.99,
  stopAtAccuracy: 0.95,
  augment: RESIDUAL_RECIPE,
};

/** A short run cannot spend the recipe's usual epochs on warming up: at most half of it does. */
const shortenedWarmup = ({ warmupEpochs }: Recipe, epochs: number): number =>
  Math.min(warmupEpochs, Math.max(0, Math.floor(epochs / 2)));

/**
 * Fills in what the user left open from the architecture's recipe. A run that changes the optimiser but names no
 * learning rate gets one that is usual for that optimiser.
 *
 * @param isBuiltIn true for a run on the built-in faces.
 * @throws {InvalidRecipeError} when a setting is out of range, or has no effect on this architecture or with the other
 *   settings.
 * @throws {UnknownSettingError} when a name among them is no setting's.
 * @throws {InvalidAugmentSettingError} when a setting of the augmentation is out of range.
 */
export const resolveRecipe = (
  architecture: Architecture,
  given: GivenSettings,
  isBuiltIn: boolean,
): Recipe => {
  assertKnownSettings(given);
  const { cropPx, mixupAlpha, augment, ...settings } = definedOnly(given);
  const recipe =
    isBuiltIn && architecture.name === 'document'
      ? { ...architecture.recipe, ...BUILT_IN_DOCUMENT }
      : architecture.recipe;
  const resolvedAugment = {
    ...recipe.augment,
    ...augment,
    ...definedOnly({ cropPx, mixupAlpha }),
  };
  if (resolvedAugment.cropPx !== null && !architecture.trainsOnCrops) {
    const expected = `left out with architecture "${architecture.name}", whose input has one size`;
    throw new InvalidRecipeError('cropPx', resolvedAugment.cropPx, expected);
  }
  validateAugmentRecipe(resolvedAugment, architecture.input);
  const defaults = defaultsFor(recipe, settings);
  return validateRecipe({
    ...defaults,
    ...(settings.epochs === undefined ? {} : { warmupEpochs: shortenedWarmup(defaults, settings.epochs) }),
    ...settings,
    augment: resolvedAugment,
  });
};
