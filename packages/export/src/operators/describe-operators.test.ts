import { readFile } from 'node:fs/promises';
import { layerConverters } from '../layers/registry.ts';
import { opConverters } from '../ops/registry.ts';
import { parseNotes, STRUCTURAL } from './describe-operators.ts';
import { LAYER_NOTES, OP_NOTES } from './op-notes.ts';
import { formattedOperators, OPERATORS_PAGE } from './write-operators.ts';

const names = (text: string): string[] => parseNotes(text).map(({ name }) => name);

describe('docs/operators.md', () => {
  test('has a note for every operation that can be converted, and no other', () => {
    expect(names(OP_NOTES).sort()).toEqual([...Object.keys(opConverters), ...STRUCTURAL].sort());
  });

  test('has a note for every layer that can be converted, and no other', () => {
    expect(names(LAYER_NOTES).sort()).toEqual(Object.keys(layerConverters).sort());
  });

  test('is what the converter says (else run npx nx run export:operators)', async () => {
    expect(await readFile(OPERATORS_PAGE, 'utf8')).toBe(await formattedOperators());
  });
});
