import type { AugmentRecipe } from '../augment/augment-recipe.ts';
import type { ShiftRange } from '../augment/keras-transform.ts';
import { roundValue } from './domain.ts';

type Pair = readonly [low: number, high: number];

/** A zoom of 1 or more would shrink pictures to nothing. */
const LARGEST_ZOOM = 0.95;

const capped = (value: number, factor: number, most: number): number =>
  Math.min(most, roundValue(value * factor));

const shift = (range: ShiftRange, factor: number): ShiftRange =>
  typeof range === 'number' ? roundValue(range * factor) : range.map((entry) => roundValue(entry * factor));

/** Moves both ends away from 1, or towards it. */
const aboutOne = ([low, high]: Pair, factor: number): Pair => [
  Math.max(1 - LARGEST_ZOOM, roundValue(1 + (low - 1) * factor)),
  Math.max(1 - LARGEST_ZOOM, roundValue(1 + (high - 1) * factor)),
];

const isChanged = (recipe: AugmentRecipe, name: keyof AugmentRecipe, value: unknown): boolean =>
  JSON.stringify(recipe[name]) !== JSON.stringify(value);

/**
 * Makes an augmentation stronger or weaker: multiplies how far pictures are turned, shifted, sheared, zoomed and
 * changed in light. Flips, crops, erasing and mixup stay as they are.
 *
 * @param factor 1 changes nothing, 0 switches those off; ranges stop growing where they would no longer be valid.
 * @returns the settings that change.
 */
export const scaleAugmentation = (recipe: AugmentRecipe, factor: number): Partial<AugmentRecipe> => {
  const { zoomRange, brightnessRange } = recipe;
  const scaled: Partial<AugmentRecipe> = {
    rotationRangeDeg: capped(recipe.rotationRangeDeg, factor, 360),
    widthShiftRange: shift(recipe.widthShiftRange, factor),
    heightShiftRange: shift(recipe.heightShiftRange, factor),
    shearRangeDeg: capped(recipe.shearRangeDeg, factor, 89),
    zoomRange:
      typeof zoomRange === 'number' ? capped(zoomRange, factor, LARGEST_ZOOM) : aboutOne(zoomRange, factor),
    channelShiftRange: capped(recipe.channelShiftRange, factor, 255),
    brightnessRange: brightnessRange === null ? null : aboutOne(brightnessRange, factor),
    brightnessJitter: capped(recipe.brightnessJitter, factor, 1),
    contrastJitter: capped(recipe.contrastJitter, factor, 1),
  };
  return Object.fromEntries(
    Object.entries(scaled).filter(([name, value]) => isChanged(recipe, name as keyof AugmentRecipe, value)),
  );
};
