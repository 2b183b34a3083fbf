import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import type { GivenSpace } from '../tune/space.ts';

const isPart = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

const domainText = (axis: string, value: unknown): string => {
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  if (parts.length === 0 || !parts.every((part) => isPart(part)))
    throw new InvalidArgumentError(`Axis "${axis}" must be a number, a text, or a list of these.`);
  return parts.join(',');
};

const readWhole = (file: string): Readonly<Record<string, string>> => {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InvalidArgumentError(`It cannot be read as JSON: ${(error as Error).message}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new InvalidArgumentError('The file must hold an object: {"learningRate": "0.01..0.3:log", …}.');
  return Object.fromEntries(Object.entries(json).map(([axis, value]) => [axis, domainText(axis, value)]));
};

/**
 * Reads one `--space`: a JSON file that holds the whole space, or one axis. It may be given several times.
 *
 * @throws {InvalidArgumentError} when it is neither; axes and domains are checked later, all together.
 */
export const parseSpace = (text: string, previous: GivenSpace): GivenSpace => {
  if (text.endsWith('.json')) return { ...previous, whole: readWhole(text) };
  const [, axis, domain] = /^(\w+)=(.+)$/u.exec(text) ?? [];
  if (axis === undefined || domain === undefined)
    throw new InvalidArgumentError('It must be axis=domain, axis=off, or a file that ends in .json.');
  return { ...previous, changes: { ...previous.changes, [axis]: domain } };
};
