import type { GivenSettings } from '../fit/fit-options.ts';
import type { Recipe } from '../fit/recipe.ts';
import { AXES, findAxis, type Axis } from './axes.ts';
import { DOMAIN_SYNTAX, parseDomain, type Domain } from './domain.ts';
import { InvalidSpaceError } from './invalid-space-error.ts';

/** An axis and what it is drawn from. */
export interface SpaceAxis {
  readonly axis: Axis;
  readonly domain: Domain;
}

/** What a search varies, in the order of {@link AXES}. */
export type Space = readonly SpaceAxis[];

/** What the user said of the space. */
export interface GivenSpace {
  /** Domains by axis, as text, that stand for the whole space; undefined takes the default one. */
  readonly whole?: Readonly<Record<string, string>>;
  /** Domains by axis, as text, that replace or join those; `off` takes an axis out. */
  readonly changes: Readonly<Record<string, string>>;
}

const OFF = 'off';

const axisNamed = (name: string): Axis => {
  const axis = findAxis(name);
  if (axis === undefined)
    throw new InvalidSpaceError('axis', name, `one of ${AXES.map((known) => known.name).join(', ')}`);
  return axis;
};

const domainOf = (axis: Axis, text: string): Domain => {
  const domain = parseDomain(text);
  if (domain === undefined) throw new InvalidSpaceError(axis.name, text, DOMAIN_SYNTAX);
  return domain;
};

const assertFree = (axis: Axis, text: string, settings: GivenSettings): void => {
  if (axis.isFixedBy(settings))
    throw new InvalidSpaceError(axis.name, text, 'left out, as a flag gives that setting a fixed value');
};

/**
 * Puts a space together: the default axes around a recipe, without those that the user fixed by a setting, then what
 * the user said of it.
 *
 * @param settings given by the user: what they decide is not searched.
 * @throws {InvalidSpaceError} when an axis is unknown, its domain cannot be read, or a setting fixes it; when nothing is
 *   left to search.
 */
export const buildSpace = (recipe: Recipe, settings: GivenSettings, given: GivenSpace): Space => {
  const domains = new Map<Axis, Domain>();
  if (given.whole === undefined) {
    for (const axis of AXES)
      if (axis.defaultDomain !== undefined && !axis.isFixedBy(settings))
        domains.set(axis, axis.defaultDomain(recipe));
  }
  for (const [name, text] of [...Object.entries(given.whole ?? {}), ...Object.entries(given.changes)]) {
    const axis = axisNamed(name);
    if (text === OFF) {
      domains.delete(axis);
      continue;
    }
    assertFree(axis, text, settings);
    domains.set(axis, domainOf(axis, text));
  }
  if (domains.size === 0) throw new InvalidSpaceError('space', 'empty', 'one axis or more, see --space');
  return AXES.flatMap((axis) => {
    const domain = domains.get(axis);
    return domain === undefined ? [] : [{ axis, domain }];
  });
};
