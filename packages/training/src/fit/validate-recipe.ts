import { MienError } from '@mien/contract';
import { LOSSES, OPTIMIZERS, PRECISIONS, SCHEDULES, type Recipe } from './recipe.ts';

/** A setting of a recipe that is out of range, or that its other settings have no use for. */
export class InvalidRecipeError extends MienError {
  override readonly name = 'InvalidRecipeError';
  constructor(
    readonly setting: string,
    readonly value: unknown,
    readonly expected: string,
  ) {
    super(`Setting "${setting}" is ${JSON.stringify(value)}, but must be ${expected}.`);
  }
}

type RuledSetting = Exclude<keyof Recipe, 'augment'>;
type Rule<Setting extends RuledSetting> = readonly [
  isValid: (value: Recipe[Setting]) => boolean,
  expected: string,
];

const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isCount = (value: number): boolean => isWhole(value) && value >= 1;
const isAtLeastZero = (value: number): boolean => Number.isFinite(value) && value >= 0;
const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;
const isFraction = (value: number): boolean => isAtLeastZero(value) && value < 1;

const isOneOf =
  (names: readonly string[]) =>
  (value: string): boolean =>
    names.includes(value);

const orNull =
  (isValid: (value: number) => boolean) =>
  (value: number | null): boolean =>
    value === null || isValid(value);

const orLeftOut =
  (isValid: (value: number) => boolean) =>
  (value: number | undefined): boolean =>
    value === undefined || isValid(value);

const COUNT = 'a whole number, 1 or more';
const FRACTION = 'a number from 0 to below 1';
const AT_LEAST_ZERO = 'a number, 0 or more';

/** What each setting may be; the augmentation has rules of its own. */
export const RECIPE_RULES: { readonly [Setting in RuledSetting]-?: Rule<Setting> } = {
  epochs: [isCount, COUNT],
  stepsPerEpoch: [orNull(isCount), COUNT],
  batchSize: [isCount, COUNT],
  validationSteps: [orNull(isCount), COUNT],
  optimizer: [isOneOf(OPTIMIZERS), `one of ${OPTIMIZERS.join(', ')}`],
  learningRate: [isPositive, 'a number above 0'],
  momentum: [orLeftOut(isFraction), FRACTION],
  schedule: [isOneOf(SCHEDULES), `one of ${SCHEDULES.join(', ')}`],
  warmupEpochs: [isAtLeastZero, 'a number of epochs, 0 or more'],
  decayEveryEpochs: [orLeftOut(isPositive), 'a number of epochs above 0'],
  decayFactor: [orLeftOut((value) => isPositive(value) && value <= 1), 'a number above 0, at most 1'],
  weightDecay: [isAtLeastZero, AT_LEAST_ZERO],
  loss: [isOneOf(LOSSES), `one of ${LOSSES.join(', ')}`],
  labelSmoothing: [isFraction, FRACTION],
  ownLabelsWeight: [isAtLeastZero, AT_LEAST_ZERO],
  ownLabelsSmoothing: [isFraction, FRACTION],
  distillation: [(value) => isAtLeastZero(value) && value <= 1, 'a number from 0 to 1'],
  emaDecay: [isFraction, 'a number from 0 (off) to below 1'],
  patience: [isWhole, 'a whole number of epochs, 0 (off) or more'],
  stopAtAccuracy: [orNull((value) => isPositive(value) && value <= 1), 'an accuracy above 0, at most 1'],
  precision: [isOneOf(PRECISIONS), `one of ${PRECISIONS.join(', ')}`],
};

/**
 * Checks every setting's range, and that no setting is given which the others leave without effect.
 * The augmentation's own settings are checked where the batches are made.
 *
 * @throws {InvalidRecipeError} naming the first setting that is wrong, its value and what it may be.
 */
export const validateRecipe = (recipe: Recipe): Recipe => {
  for (const [setting, [isValid, expected]] of Object.entries(RECIPE_RULES)) {
    const value = recipe[setting as RuledSetting];
    if (!isValid(value as never)) throw new InvalidRecipeError(setting, value, expected);
  }
  const { momentum, optimizer, schedule, decayEveryEpochs, decayFactor, warmupEpochs, epochs } = recipe;
  if (momentum !== undefined && optimizer !== 'momentum' && optimizer !== 'nesterov') {
    throw new InvalidRecipeError('momentum', momentum, `left out with optimizer "${optimizer}"`);
  }
  if (schedule !== 'step' && decayEveryEpochs !== undefined) {
    throw new InvalidRecipeError(
      'decayEveryEpochs',
      decayEveryEpochs,
      `left out with schedule "${schedule}"`,
    );
  }
  if (schedule !== 'step' && decayFactor !== undefined) {
    throw new InvalidRecipeError('decayFactor', decayFactor, `left out with schedule "${schedule}"`);
  }
  if (warmupEpochs >= epochs && warmupEpochs > 0) {
    throw new InvalidRecipeError('warmupEpochs', warmupEpochs, `shorter than the run of ${epochs} epochs`);
  }
  return recipe;
};
