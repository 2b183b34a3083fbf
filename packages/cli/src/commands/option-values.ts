import { InvalidArgumentError } from 'commander';

/** Takes a whole number from 1. @throws {InvalidArgumentError} */
export const parseCount = (value: string): number => {
  if (/^[1-9]\d*$/u.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number from 1.');
};

/** Takes a number from 0 to 1. @throws {InvalidArgumentError} */
export const parseShare = (value: string): number => {
  const number = Number(value);
  if (/^[\d.]+$/u.test(value) && number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
};

/** Takes a number above 0. @throws {InvalidArgumentError} */
export const parsePositive = (value: string): number => {
  const number = Number(value);
  if (/^[\d.]+$/u.test(value) && number > 0) return number;
  throw new InvalidArgumentError('It must be a number above 0.');
};

/** Takes a time in milliseconds from 0. @throws {InvalidArgumentError} */
export const parseMilliseconds = (value: string): number => {
  if (/^\d+(\.\d+)?$/u.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a number of milliseconds from 0.');
};

/** Takes `auto`, `none`, or how often a picture is halved to look closer. @throws {InvalidArgumentError} */
export const parseTiles = (value: string): 'auto' | 'none' | number => {
  if (value === 'auto' || value === 'none') return value;
  if (/^[0-5]$/u.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be auto, none, or a whole number from 0 to 5.');
};
