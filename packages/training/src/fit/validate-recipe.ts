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

type Rule = readonly [setting: keyof Recipe, isValid: (value: never) => boolean, expected: string];

const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isCount = (value: number): boolean => isWhole(value) && value >= 1;
const isAtLeastZero = (value: number): boolean => Number.isFinite(value) && value >= 0;
const isFraction = (value: number): boolean => isAtLeastZero(value) && value < 1;

const rules: readonly Rule[] = [
  ['epochs', isCount, 'a whole number, 1 or more'],
  ['stepsPerEpoch', (value: number | null) => value === null || isCount(value), 'a whole number, 1 or more'],
  ['batchSize', isCount, 'a whole number, 1 or more'],
  [
    'validationSteps',
    (value: number | null) => value === null || isCount(value),
    'a whole number, 1 or more',
  ],
  [
    'optimizer',
    (value: string) => (OPTIMIZERS as readonly string[]).includes(value),
    `one of ${OPTIMIZERS.join(', ')}`,
  ],
  ['learningRate', (value: number) => Number.isFinite(value) && value > 0, 'a number above 0'],
  ['momentum', (value?: number) => value === undefined || isFraction(value), 'a number from 0 to below 1'],
  [
    'schedule',
    (value: string) => (SCHEDULES as readonly string[]).includes(value),
    `one of ${SCHEDULES.join(', ')}`,
  ],
  ['warmupEpochs', isAtLeastZero, 'a number of epochs, 0 or more'],
  [
    'decayEveryEpochs',
    (value?: number) => value === undefined || (isAtLeastZero(value) && value > 0),
    'a number of epochs above 0',
  ],
  [
    'decayFactor',
    (value?: number) => value === undefined || (value > 0 && value <= 1),
    'a number above 0, at most 1',
  ],
  ['weightDecay', isAtLeastZero, 'a number, 0 or more'],
  ['loss', (value: string) => (LOSSES as readonly string[]).includes(value), `one of ${LOSSES.join(', ')}`],
  ['labelSmoothing', isFraction, 'a number from 0 to below 1'],
  ['ownLabelsWeight', isAtLeastZero, 'a number, 0 or more'],
  ['distillation', (value: number) => isAtLeastZero(value) && value <= 1, 'a number from 0 to 1'],
  ['ownLabelsSmoothing', isFraction, 'a number from 0 to below 1'],
  ['emaDecay', isFraction, 'a number from 0 (off) to below 1'],
  ['patience', isWhole, 'a whole number of epochs, 0 (off) or more'],
  [
    'stopAtAccuracy',
    (value: number | null) => value === null || (value > 0 && value <= 1),
    'an accuracy above 0, at most 1',
  ],
  [
    'precision',
    (value: string) => (PRECISIONS as readonly string[]).includes(value),
    `one of ${PRECISIONS.join(', ')}`,
  ],
];

/**
 * Checks every setting's range, and that no setting is given which the others leave without effect.
 * The augmentation's own settings are checked where the batches are made.
 *
 * @throws {InvalidRecipeError} naming the first setting that is wrong, its value and what it may be.
 */
export const validateRecipe = (recipe: Recipe): Recipe => {
  for (const [setting, isValid, expected] of rules) {
    const value = recipe[setting] as never;
    if (!isValid(value)) throw new InvalidRecipeError(setting, value, expected);
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
