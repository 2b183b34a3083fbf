import { RESIDUAL_RECIPE } from '../augment/augment-recipe.ts';
import { residualArchitecture } from '../model/residual.ts';
import { resolveRecipe } from './resolve-recipe.ts';
import { assertKnownSettings, UnknownSettingError } from './unknown-setting.ts';

test('every setting of a whole recipe is known', () => {
  const { recipe } = residualArchitecture;
  const all = { ...recipe, decayEveryEpochs: 1, decayFactor: 0.5, cropPx: 44, mixupAlpha: 0 };
  expect(() => assertKnownSettings(all)).not.toThrow();
});

test.each<[object, string, string]>([
  [{ epoch: 3 }, 'epoch', 'epochs'],
  [{ epochs: 3, learnRate: 1 }, 'learnRate', 'learningRate'],
  [{ augment: { rotationRange: 4 } }, 'augment.rotationRange', 'augment.rotationRangeDeg'],
  [
    { augment: { erasing: { ...RESIDUAL_RECIPE.erasing, area: 1 } } },
    'augment.erasing.area',
    'augment.erasing.areaRange',
  ],
])('a run with %j is refused, naming what was meant', (given, setting, nearest) => {
  const resolving = () => resolveRecipe(residualArchitecture, given, false);
  expect(resolving).toThrow(UnknownSettingError);
  expect(resolving).toThrow(expect.objectContaining({ setting, nearest }));
});
