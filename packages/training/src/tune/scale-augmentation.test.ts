import {
  DOCUMENT_RECIPE,
  NO_AUGMENTATION,
  RESIDUAL_RECIPE,
  type AugmentRecipe,
} from '../augment/augment-recipe.ts';
import { validateAugmentRecipe } from '../augment/validate-recipe.ts';
import { scaleAugmentation } from './scale-augmentation.ts';

const RICH: AugmentRecipe = {
  ...RESIDUAL_RECIPE,
  widthShiftRange: [-3, 4],
  zoomRange: [0.8, 1.5],
  brightnessRange: [0.5, 1.2],
  channelShiftRange: 100,
  shearRangeDeg: 30,
};

const RECIPES = [
  ['none', NO_AUGMENTATION],
  ['document', DOCUMENT_RECIPE],
  ['residual', RESIDUAL_RECIPE],
  ['rich', RICH],
] as const;

test.each(RECIPES)('a factor of 1 changes nothing of %s', (_, recipe) => {
  expect(scaleAugmentation(recipe, 1)).toEqual({});
});

test('a factor multiplies ranges, and moves pairs about 1', () => {
  expect(scaleAugmentation(RICH, 0.5)).toEqual({
    rotationRangeDeg: 7.5,
    widthShiftRange: [-1.5, 2],
    heightShiftRange: 0.05,
    shearRangeDeg: 15,
    zoomRange: [0.9, 1.25],
    channelShiftRange: 50,
    brightnessRange: [0.75, 1.1],
    brightnessJitter: 0.1,
    contrastJitter: 0.1,
  });
});

test('a factor of 0 leaves flips and erasing alone', () => {
  const scaled = { ...RESIDUAL_RECIPE, ...scaleAugmentation(RESIDUAL_RECIPE, 0) };
  expect(scaled).toEqual({
    ...NO_AUGMENTATION,
    isotropicZoom: true,
    horizontalFlip: true,
    erasing: RESIDUAL_RECIPE.erasing,
  });
});

test.each(RECIPES)('whatever the factor, %s stays valid', (_, recipe) => {
  for (const factor of [0, 0.01, 0.3, 1.7, 4, 10, 1000])
    expect(() => validateAugmentRecipe({ ...recipe, ...scaleAugmentation(recipe, factor) })).not.toThrow();
});
