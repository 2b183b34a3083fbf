import { createRandom } from '@mien/contract';
import type { Recipe } from '../fit/recipe.ts';
import { drawValue } from './domain.ts';
import type { Space } from './space.ts';

/** A value for each axis, by name. */
export type AxisValues = Readonly<Record<string, number>>;

/** What trials are drawn from. */
export interface SampleParams {
  readonly space: Space;
  /** What the settings come to without the search. */
  readonly recipe: Recipe;
  readonly seed: number;
  /** Largest number of trials. */
  readonly count: number;
  /** True where the first trial is the recipe as it stands, to compare with. */
  readonly hasBaseline: boolean;
}

/** Which random stream this is, so that it is no other's. */
const STREAM = 0x7121a1;

/** So many draws in a row that are no news mean that there is nothing new in the space. */
const DRAWS = 200;

const codes = (name: string): number[] => Array.from(name, (letter) => letter.codePointAt(0) as number);

/** Every value has a stream of its own, so that it depends on its axis, trial and seed alone. */
const draw = (space: Space, seed: number, trial: number, attempt: number): AxisValues =>
  Object.fromEntries(
    space.map(({ axis, domain }) => {
      const value = drawValue(domain, createRandom(seed, STREAM, trial, attempt, ...codes(axis.name)));
      return [axis.name, axis.isWhole ? Math.round(value) : value];
    }),
  );

/**
 * Draws trials. A longer list begins with the shorter one, and an axis more or less leaves the other axes as they are,
 * so that a search can be widened.
 *
 * @returns different trials; fewer than `count` where the space holds no more.
 */
export const sampleTrials = ({ space, recipe, seed, count, hasBaseline }: SampleParams): AxisValues[] => {
  const trials: AxisValues[] = [];
  const seen = new Set<string>();
  const add = (values: AxisValues): boolean => {
    const key = JSON.stringify(values);
    if (seen.has(key)) return false;
    seen.add(key);
    trials.push(values);
    return true;
  };
  if (hasBaseline && count > 0)
    add(Object.fromEntries(space.map(({ axis }) => [axis.name, axis.valueIn(recipe)])));
  while (trials.length < count) {
    const number = trials.length + 1;
    let attempt = 0;
    while (attempt < DRAWS && !add(draw(space, seed, number, attempt))) attempt += 1;
    if (attempt === DRAWS) break;
  }
  return trials;
};
