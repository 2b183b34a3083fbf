import { architectures } from '../model/architectures.ts';
import { documentArchitecture } from '../model/document.ts';
import { residualArchitecture } from '../model/residual.ts';
import type { GivenSettings } from './fit-options.ts';
import { resolveRecipe } from './resolve-recipe.ts';
import type { Recipe } from './recipe.ts';
import { InvalidRecipeError, validateRecipe } from './validate-recipe.ts';

test.each(Object.entries(architectures))('the recipe of %s holds', (_, { recipe }) => {
  expect(validateRecipe(recipe)).toBe(recipe);
});

test.each([
  ['epochs', 0],
  ['epochs', 1.5],
  ['stepsPerEpoch', 0],
  ['batchSize', -1],
  ['validationSteps', 0],
  ['optimizer', 'lion'],
  ['learningRate', 0],
  ['learningRate', NaN],
  ['momentum', 1],
  ['schedule', 'linear'],
  ['warmupEpochs', -1],
  ['warmupEpochs', 60],
  ['weightDecay', -1e-4],
  ['loss', 'hinge'],
  ['labelSmoothing', 1],
  ['emaDecay', 1],
  ['patience', -1],
  ['stopAtAccuracy', 97],
])('refuses %s = %p, naming it', (setting, value) => {
  const recipe = { ...residualArchitecture.recipe, [setting]: value } as Recipe;
  expect(() => validateRecipe(recipe)).toThrow(InvalidRecipeError);
  expect(() => validateRecipe(recipe)).toThrow(new RegExp(`^Setting "${setting}" is .* must be`, 'u'));
});

test.each<[string, Partial<Recipe>]>([
  ['momentum', { optimizer: 'adam', momentum: 0.9 }],
  ['decayEveryEpochs', { decayEveryEpochs: 3 }],
  ['decayFactor', { decayFactor: 0.5 }],
])('refuses %s where it has no effect', (setting, change) => {
  const recipe = { ...residualArchitecture.recipe, ...change };
  expect(() => validateRecipe(recipe)).toThrow(new RegExp(`"${setting}".*left out with`, 'u'));
});

describe('resolveRecipe', () => {
  test.each([
    [1, 0],
    [3, 1],
    [60, residualArchitecture.recipe.warmupEpochs],
  ])('a run of %s epochs warms up for %s, unless it is told otherwise', (epochs, warmupEpochs) => {
    expect(resolveRecipe(residualArchitecture, { epochs }, false)).toMatchObject({ epochs, warmupEpochs });
    expect(() => resolveRecipe(residualArchitecture, { epochs, warmupEpochs: epochs }, false)).toThrow(
      /warmupEpochs/u,
    );
  });

  test('takes the recipe of the architecture where nothing is given', () => {
    expect(resolveRecipe(residualArchitecture, {}, false)).toEqual(residualArchitecture.recipe);
    expect(resolveRecipe(documentArchitecture, {}, false)).toEqual(documentArchitecture.recipe);
  });

  test('stops early on the built-in faces alone, unless told otherwise', () => {
    expect(resolveRecipe(documentArchitecture, {}, true).stopAtAccuracy).toBeGreaterThanOrEqual(0.95);
    expect(resolveRecipe(documentArchitecture, { stopAtAccuracy: 0.5 }, true).stopAtAccuracy).toBe(0.5);
    expect(resolveRecipe(documentArchitecture, {}, false).stopAtAccuracy).toBeNull();
  });

  test('another optimiser brings its own learning rate and drops the momentum', () => {
    const recipe = resolveRecipe(residualArchitecture, { optimizer: 'adamw' }, false);
    expect(recipe.learningRate).toBe(1e-3);
    expect(recipe).not.toHaveProperty('momentum');
    expect(
      resolveRecipe(residualArchitecture, { optimizer: 'adam', learningRate: 0.5 }, false).learningRate,
    ).toBe(0.5);
  });

  test('crops, mixup and single fields of the augmentation go over the rest', () => {
    const given: GivenSettings = { cropPx: 44, mixupAlpha: 0.2, augment: { rotationRangeDeg: 5 } };
    expect(resolveRecipe(residualArchitecture, given, false).augment).toEqual({
      ...residualArchitecture.recipe.augment,
      cropPx: 44,
      mixupAlpha: 0.2,
      rotationRangeDeg: 5,
    });
  });

  test.each<[string, GivenSettings, RegExp]>([
    ['crops for a network of one size', { cropPx: 44 }, /cropPx.*one size/u],
    ['crops that come with the augmentation', { augment: { cropPx: 40 } }, /cropPx.*one size/u],
    ['a momentum for Adam', { momentum: 0.5 }, /momentum.*left out/u],
    ['a range of augmentation', { augment: { rotationRangeDeg: -1 } }, /rotationRangeDeg/u],
    [
      'an unknown field of augmentation',
      { augment: { rotate: 4 } as object },
      /no setting "augment\.rotate"/u,
    ],
  ])('refuses %s', (_, given, message) => {
    expect(() => resolveRecipe(documentArchitecture, given, false)).toThrow(message);
  });
});
