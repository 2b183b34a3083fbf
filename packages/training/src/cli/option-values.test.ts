import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { NO_AUGMENTATION, RESIDUAL_RECIPE } from '../augment/augment-recipe.ts';
import { parseAugment, parseNumber, parseWholeNumber } from './option-values.ts';

test('numbers are read, and nothing else is', () => {
  expect(parseNumber('1e-3')).toBe(0.001);
  expect(parseWholeNumber('12')).toBe(12);
  for (const text of ['', ' ', 'x', '1x', 'Infinity'])
    expect(() => parseNumber(text)).toThrow(InvalidArgumentError);
  for (const text of ['1.5', '-1', 'x']) expect(() => parseWholeNumber(text)).toThrow(InvalidArgumentError);
});

test('augmentation is a name, JSON or a file', async () => {
  expect(parseAugment('none')).toEqual(NO_AUGMENTATION);
  expect(parseAugment('residual')).toEqual(RESIDUAL_RECIPE);
  expect(parseAugment('{"rotationRangeDeg": 5}')).toEqual({ rotationRangeDeg: 5 });
  const folder = await mkdtemp(join(tmpdir(), 'mien-augment-'));
  await writeFile(join(folder, 'a.json'), '{"cval": 3}');
  expect(parseAugment(join(folder, 'a.json'))).toEqual({ cval: 3 });
  await rm(folder, { recursive: true });
});

test.each(['toString', '[]', '3', 'null', 'missing.json'])('refuses %s as augmentation', (text) => {
  expect(() => parseAugment(text)).toThrow(InvalidArgumentError);
});
