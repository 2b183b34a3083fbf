import { readFile } from 'node:fs/promises';
import { layerConverters } from './registry.ts';

test('the README names every layer that can be converted, and no other', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const rows = readme.split('\n').filter((line) => line.startsWith('|'));
  const named = rows.flatMap((row) => [...row.matchAll(/`(\w+)`/gu)].map(([, name]) => name));
  expect(new Set(named)).toEqual(new Set(Object.keys(layerConverters)));
});
