import { InvalidQueryError } from '../problem/request-errors.ts';

/**
 * Refuses numbers that are too large to be one: a query's `1e999` becomes infinite, which its schema lets pass.
 *
 * @throws {InvalidQueryError} for the first of them.
 */
export const requireFinite = (options: object): void => {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new InvalidQueryError(name);
  }
};
