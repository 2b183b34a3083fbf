import { MienError } from '@mien/contract';
import { NO_AUGMENTATION, type AugmentRecipe } from './augment-recipe.ts';
import { FILL_MODES } from './fill-mode.ts';

/** A setting of augmentation or of the batches that is out of its range. */
export class InvalidAugmentSettingError extends MienError {
  override readonly name = 'InvalidAugmentSettingError';
  constructor(
    /** Dotted path, e.g. `recipe.erasing.areaRange`. */
    readonly field: string,
    readonly value: unknown,
    readonly expected: string,
  ) {
    super(`${field} is ${JSON.stringify(value) ?? 'missing'}, must be ${expected}.`);
  }
}

/** @throws {InvalidAugmentSettingError} unless the setting is valid. */
export const checkSetting = (valid: boolean, field: string, value: unknown, expected: string): void => {
  if (!valid) throw new InvalidAugmentSettingError(field, value, expected);
};

/** A whole number from 0 up. */
export const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** A whole number from 1 up. */
export const isPositiveCount = (value: unknown): boolean => isCount(value) && value !== 0;

type Test = (value: unknown) => boolean;
type Rule = readonly [test: Test, expected: string];

const within =
  (low: number, high: number): Test =>
  (value) =>
    typeof value === 'number' && value >= low && value <= high;

const isFinitePositive: Test = (value) => Number.isFinite(value) && (value as number) > 0;

/** A pair in ascending order, both entries passing. */
const pairOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.length === 2 && value.every(test) && value[0] <= value[1];

const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value);

const isShift: Test = (value) =>
  Array.isArray(value)
    ? value.length > 0 && value.every((entry) => Number.isFinite(entry))
    : Number.isFinite(value) && (value as number) >= 0;

const isZoom: Test = (value) =>
  typeof value === 'number' ? value >= 0 && value < 1 : pairOf(isFinitePositive)(value);

const flag: Rule = [(value) => typeof value === 'boolean', 'true or false'];
const shift: Rule = [isShift, 'a number, 0 or more, or a list of numbers'];
const jitter: Rule = [within(0, 1), 'in [0, 1]'];

const ERASING_RULES: Readonly<Record<keyof NonNullable<AugmentRecipe['erasing']>, Rule>> = {
  probability: [within(0, 1), 'in [0, 1]'],
  areaRange: [pairOf((value) => isFinitePositive(value) && within(0, 1)(value)), 'ascending, in (0, 1]'],
  aspectRange: [pairOf(isFinitePositive), 'ascending, over 0'],
};

const RULES: Readonly<Record<Exclude<keyof AugmentRecipe, 'erasing'>, Rule>> = {
  rotationRangeDeg: [within(0, 360), 'in [0, 360] degrees'],
  widthShiftRange: shift,
  heightShiftRange: shift,
  shearRangeDeg: [within(0, 89), 'in [0, 89] degrees'],
  zoomRange: [isZoom, 'in [0, 1), or an ascending pair over 0'],
  isotropicZoom: flag,
  horizontalFlip: flag,
  verticalFlip: flag,
  channelShiftRange: [within(0, 255), 'in [0, 255]'],
  brightnessRange: [
    orNull(pairOf((value) => value === 0 || isFinitePositive(value))),
    'null or an ascending pair, 0 or more',
  ],
  fillMode: [(value) => FILL_MODES.some((mode) => mode === value), `one of ${FILL_MODES.join(', ')}`],
  cval: [within(0, 255), 'in [0, 255]'],
  cropPaddingPx: [isCount, 'a whole number of pixels, 0 or more'],
  cropPx: [orNull(isPositiveCount), 'null or a whole number of pixels, 1 or more'],
  brightnessJitter: jitter,
  contrastJitter: jitter,
  mixupAlpha: [within(0, 1000), 'in [0, 1000]'],
};

const checkFields = (path: string, value: object, rules: Readonly<Record<string, Rule>>): void => {
  const fields = new Map(Object.entries(value));
  for (const [field, [test, expected]] of Object.entries(rules))
    checkSetting(test(fields.get(field)), `${path}.${field}`, fields.get(field), expected);
};

/**
 * Checks a recipe before anything is drawn from it, also one that was read from JSON.
 *
 * @param size of the pictures; without it, whether the crop fits is not checked.
 * @throws {InvalidAugmentSettingError} naming the first field that is missing, unknown or out of its range.
 */
export const validateAugmentRecipe = (
  recipe: AugmentRecipe,
  size?: { readonly widthPx: number; readonly heightPx: number },
): void => {
  const isObject = typeof recipe === 'object' && recipe !== null;
  checkSetting(isObject, 'recipe', recipe, 'an object of augmentation settings');
  for (const [field, value] of Object.entries(recipe))
    checkSetting(
      Object.hasOwn(NO_AUGMENTATION, field),
      `recipe.${field}`,
      value,
      'left out: there is no such setting',
    );
  checkFields('recipe', recipe, RULES);
  const { erasing, cropPx, cropPaddingPx } = recipe;
  checkSetting(typeof erasing === 'object', 'recipe.erasing', erasing, 'null or an object');
  if (erasing !== null) checkFields('recipe.erasing', erasing, ERASING_RULES);
  if (size === undefined || cropPx === null) return;
  const most = Math.min(size.widthPx, size.heightPx) + 2 * cropPaddingPx;
  checkSetting(cropPx <= most, 'recipe.cropPx', cropPx, `at most ${most}, the padded picture's side`);
};
