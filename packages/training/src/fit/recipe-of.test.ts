import type { FitOptions } from './fit-options.ts';
import { recipeOf } from './recipe-of.ts';
import { InvalidRecipeError } from './validate-recipe.ts';

const OPTIONS: FitOptions = { data: 'faces', architecture: 'residual', seed: 1, settings: {} };

test.each<[setting: string, idle: Partial<FitOptions>, needs: Partial<FitOptions>]>([
  ['distillation', { settings: { distillation: 0.3 } }, { teachers: ['teacher'] }],
  ['ownLabelsWeight', { settings: { ownLabelsWeight: 0.3 } }, { ownLabels: 'own' }],
  ['ownLabelsSmoothing', { settings: { ownLabelsSmoothing: 0 } }, { ownLabels: 'own' }],
])('%s is refused where it would be without effect, and taken where not', (setting, idle, needs) => {
  expect(() => recipeOf({ ...OPTIONS, ...idle })).toThrow(InvalidRecipeError);
  expect(() => recipeOf({ ...OPTIONS, ...idle })).toThrow(`Setting "${setting}" is`);
  expect(recipeOf({ ...OPTIONS, ...idle, ...needs })).toMatchObject(idle.settings ?? {});
});

test('keeping duplicates is refused with the built-in faces, which have none', () => {
  const { data: _, ...builtIn } = { ...OPTIONS, keepDuplicates: true };
  expect(() => recipeOf(builtIn)).toThrow('"keepDuplicates" is true, but must be left out');
  expect(() => recipeOf({ ...OPTIONS, keepDuplicates: true })).not.toThrow();
});
