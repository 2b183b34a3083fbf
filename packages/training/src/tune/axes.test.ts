import { createRandom } from '@mien/contract';
import { architectures } from '../model/architectures.ts';
import { resolveRecipe } from '../fit/resolve-recipe.ts';
import type { GivenSettings } from '../fit/fit-options.ts';
import type { Recipe } from '../fit/recipe.ts';
import { AXES } from './axes.ts';
import { drawValue } from './domain.ts';

const cases = Object.values(architectures).flatMap((architecture) =>
  AXES.map((axis) => ({ architecture, axis, name: `${axis.name} on ${architecture.name}` })),
);

// Momentum is refused with optimisers that have none, rightly.
const applicable = cases.filter(
  ({ architecture, axis }) => axis.name !== 'momentum' || architecture.recipe.momentum,
);

test.each(applicable)('$name: the value that the recipe has leaves it as it is', ({ architecture, axis }) => {
  const { recipe } = architecture;
  const settings = axis.apply({}, axis.valueIn(recipe), recipe);
  expect(resolveRecipe(architecture, settings, false)).toEqual(recipe);
});

test.each(cases.filter(({ axis }) => axis.defaultDomain !== undefined))(
  '$name: whatever is drawn by default can be trained, and is found again in the recipe',
  ({ architecture, axis }) => {
    const { recipe } = architecture;
    const domain = axis.defaultDomain?.(recipe) ?? [];
    const random = createRandom(9);
    for (let round = 0; round < 50; round++) {
      const value = drawValue(domain, random);
      const resolved = resolveRecipe(architecture, axis.apply({}, value, recipe), false);
      // A factor is not in the recipe that it has changed.
      expect(axis.valueIn(resolved)).toBe(axis.name === 'augmentation' ? 1 : value);
    }
  },
);

test('all axes can be set together, in their order, without undoing one another', () => {
  for (const architecture of Object.values(architectures)) {
    const random = createRandom(4);
    const chosen = AXES.filter(({ defaultDomain }) => defaultDomain !== undefined).map((axis) => ({
      axis,
      value: drawValue(axis.defaultDomain?.(architecture.recipe) ?? [], random),
    }));
    let settings: GivenSettings = {};
    for (const { axis, value } of chosen) settings = axis.apply(settings, value, architecture.recipe);
    const recipe = resolveRecipe(architecture, settings, false);
    for (const { axis, value } of chosen)
      if (axis.name !== 'augmentation') expect([axis.name, axis.valueIn(recipe)]).toEqual([axis.name, value]);
    expect(recipe.augment.rotationRangeDeg).not.toBe(architecture.recipe.augment.rotationRangeDeg);
  }
});

test('another batch size keeps the number of images in an epoch and in a validation', () => {
  const axis = AXES.find(({ name }) => name === 'batchSize');
  const recipe = { batchSize: 32, stepsPerEpoch: 100, validationSteps: 50 } as Recipe;
  expect(axis?.apply({}, 64, recipe)).toEqual({ batchSize: 64, stepsPerEpoch: 50, validationSteps: 25 });
  expect(axis?.apply({}, 16, { ...recipe, stepsPerEpoch: null, validationSteps: null })).toEqual({
    batchSize: 16,
  });
});
