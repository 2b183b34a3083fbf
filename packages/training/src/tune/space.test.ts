import { getArchitecture } from '../model/architectures.ts';
import { resolveRecipe } from '../fit/resolve-recipe.ts';
import { formatDomain } from './domain.ts';
import { InvalidSpaceError } from './invalid-space-error.ts';
import { buildSpace, type GivenSpace, type Space } from './space.ts';

const recipe = resolveRecipe(getArchitecture('residual'), {}, false);
const textOf = (space: Space): Record<string, string> =>
  Object.fromEntries(space.map(({ axis, domain }) => [axis.name, formatDomain(domain)]));

test('the default space lies around the recipe', () => {
  expect(textOf(buildSpace(recipe, {}, { changes: {} }))).toEqual({
    learningRate: '0.01..0.3:log',
    weightDecay: '0,0.00001..0.005:log',
    batchSize: '32,64,128',
    labelSmoothing: '0..0.15',
    augmentation: '0.25..1.75',
    mixup: '0,0.1,0.2,0.4',
    erasing: '0..0.5',
  });
});

test('decoupled weight decay has a range of its own', () => {
  const adamw = resolveRecipe(getArchitecture('residual'), { optimizer: 'adamw' }, false);
  expect(textOf(buildSpace(adamw, {}, { changes: {} }))).toMatchObject({
    learningRate: '0.0001..0.003:log',
    weightDecay: '0,0.001..0.3:log',
  });
});

test('what is fixed by a setting is not searched', () => {
  const space = buildSpace(recipe, { learningRate: 0.1, batchSize: 64, mixupAlpha: 0 }, { changes: {} });
  expect(Object.keys(textOf(space))).toEqual(['weightDecay', 'labelSmoothing', 'augmentation', 'erasing']);
});

test('changes replace, join and switch off axes, in the order of the axes', () => {
  const changes = { emaDecay: '0.99,0.999', mixup: 'off', learningRate: '0.1' };
  const text = textOf(buildSpace(recipe, {}, { changes }));
  expect(Object.keys(text)).toEqual([
    'learningRate',
    'weightDecay',
    'batchSize',
    'labelSmoothing',
    'augmentation',
    'erasing',
    'emaDecay',
  ]);
  expect(text).toMatchObject({ learningRate: '0.1', emaDecay: '0.99,0.999' });
});

test('a whole space stands instead of the default one', () => {
  const given: GivenSpace = { whole: { mixup: '0,0.2' }, changes: { erasing: '0..1' } };
  expect(textOf(buildSpace(recipe, {}, given))).toEqual({ mixup: '0,0.2', erasing: '0..1' });
});

test.each<[string, GivenSpace, RegExp]>([
  [
    'an unknown axis',
    { changes: { dropout: '0..0.5' } },
    /"axis" is "dropout".*one of learningRate, weightDecay/u,
  ],
  ['a domain that cannot be read', { changes: { mixup: '1..0' } }, /"mixup" is "1\.\.0".*a range/u],
  ['an axis that a setting fixes', { changes: { momentum: '0.8,0.9' } }, /"momentum".*a flag gives/u],
  ['nothing to search', { whole: { mixup: 'off' }, changes: {} }, /"space" is "empty".*one axis or more/u],
])('refuses %s', (_, given, message) => {
  const build = () => buildSpace(recipe, { momentum: 0.9 }, given);
  expect(build).toThrow(InvalidSpaceError);
  expect(build).toThrow(message);
});
