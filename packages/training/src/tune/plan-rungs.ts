import { InvalidSpaceError } from './invalid-space-error.ts';

/** How a search spends its epochs. */
export const METHODS = ['halving', 'random'] as const;

/** One of {@link METHODS}. */
export type Method = (typeof METHODS)[number];

/** A stage of a search: so many trials are trained until they have so many epochs. */
export interface Rung {
  readonly epochs: number;
  readonly trials: number;
}

/** What the rungs follow from. */
export interface RungParams {
  readonly method: Method;
  readonly trials: number;
  /** Epochs of a whole run. */
  readonly epochs: number;
  /** Of the trials of a rung, one in so many goes on to the next, for so many times the epochs. */
  readonly factor: number;
  /** The first rung is no shorter than this. */
  readonly minEpochs: number;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;

const assertValid = ({ trials, epochs, factor, minEpochs }: RungParams): void => {
  for (const [name, value] of [
    ['trials', trials],
    ['epochs', epochs],
    ['minEpochs', minEpochs],
  ] as const)
    if (!isCount(value)) throw new InvalidSpaceError(name, value, 'a whole number, 1 or more');
  if (!(Number.isFinite(factor) && factor > 1))
    throw new InvalidSpaceError('factor', factor, 'a number over 1');
};

/**
 * Plans the rungs of successive halving (Jamieson & Talwalkar 2016; one bracket of Hyperband, Li et al. 2018): with
 * factor η, of n trials n/η go on, for η times the epochs, until whole runs are left. There are as many rungs as the
 * trials and the shortest rung allow. `random` has one rung, the whole run.
 *
 * @returns rungs of growing epochs and falling trials; the last one trains for `epochs`.
 * @throws {InvalidSpaceError} when a number is out of range.
 */
export const planRungs = (params: RungParams): Rung[] => {
  assertValid(params);
  const { method, trials, epochs, factor, minEpochs } = params;
  const rungs: Rung[] = [];
  for (let power = 0; ; power++) {
    const share = factor ** power;
    const rungEpochs = Math.round(epochs / share);
    const isShorter = power === 0 || rungEpochs < (rungs[0] as Rung).epochs;
    // A hair of room, as powers of a fraction round.
    if (!isShorter || rungEpochs < Math.min(minEpochs, epochs) || trials / share < 1 - 1e-9) break;
    rungs.unshift({ epochs: rungEpochs, trials: 0 });
    if (method === 'random') break;
  }
  return rungs.map(({ epochs: until }, index) => ({
    epochs: until,
    trials: Math.floor(trials / factor ** index + 1e-9),
  }));
};
