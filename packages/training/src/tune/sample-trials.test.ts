import { getArchitecture } from '../model/architectures.ts';
import { resolveRecipe } from '../fit/resolve-recipe.ts';
import { sampleTrials, type SampleParams } from './sample-trials.ts';
import { buildSpace } from './space.ts';

const recipe = resolveRecipe(getArchitecture('residual'), {}, false);
const space = buildSpace(recipe, {}, { changes: {} });
const sample = (given: Partial<SampleParams> = {}) =>
  sampleTrials({ space, recipe, seed: 1, count: 16, hasBaseline: false, ...given });

test('the same seed draws the same trials, another one others', () => {
  expect(sample()).toEqual(sample());
  expect(sample({ seed: 2 })).not.toEqual(sample());
});

test('a longer list begins with the shorter one', () => {
  expect(sample({ count: 40 }).slice(0, 16)).toEqual(sample());
});

test('an axis less leaves the others as they are', () => {
  const without = buildSpace(recipe, {}, { changes: { weightDecay: 'off', erasing: 'off' } });
  const leftOut = new Set(['weightDecay', 'erasing']);
  const expected = sample().map((trial) =>
    Object.fromEntries(Object.entries(trial).filter(([name]) => !leftOut.has(name))),
  );
  expect(sample({ space: without })).toEqual(expected);
});

test('axes are drawn independently of one another', () => {
  const trials = sample({ count: 2000 });
  const ranksOf = (name: string): number[] => {
    const values = trials.map((trial) => trial[name] as number);
    const order = values.toSorted((a, b) => a - b);
    return values.map((value) => order.indexOf(value) / 2000 - 0.5);
  };
  const [a, b] = [ranksOf('learningRate'), ranksOf('erasing')] as [number[], number[]];
  const dot = (x: number[], y: number[]) =>
    x.reduce((sum, value, index) => sum + value * (y[index] as number), 0);
  // Spearman's correlation of independent draws has a standard deviation of 1/√n = 0.022.
  expect(Math.abs(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)))).toBeLessThan(0.08);
});

test('the first trial is the recipe, where one is asked for', () => {
  const trials = sample({ hasBaseline: true });
  expect(trials).toHaveLength(16);
  expect(trials[0]).toEqual({
    learningRate: 0.1,
    weightDecay: 5e-4,
    batchSize: 64,
    labelSmoothing: 0,
    augmentation: 1,
    mixup: 0,
    erasing: 0.25,
  });
  expect(trials.slice(1)).toEqual(sample().slice(1));
});

test('no trial comes twice, and a space that holds fewer gives fewer', () => {
  const small = buildSpace(recipe, {}, { whole: { batchSize: '32,64', mixup: '0,0.1,0.2' }, changes: {} });
  const trials = sample({ space: small, count: 20 });
  expect(trials).toHaveLength(6);
  expect(new Set(trials.map((trial) => JSON.stringify(trial))).size).toBe(6);
});

test('counts are whole', () => {
  const whole = buildSpace(recipe, {}, { whole: { batchSize: '16..128:log' }, changes: {} });
  for (const { batchSize } of sample({ space: whole })) expect(Number.isInteger(batchSize)).toBe(true);
});
