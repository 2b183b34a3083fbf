import { InvalidArgumentError } from 'commander';

/**
 * Reads a count from a command line.
 *
 * @throws {InvalidArgumentError} when it is no whole number from 1 on.
 */
export const parseCount = (value: string): number => {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Pass a whole number from 1 on.');
  return count;
};
