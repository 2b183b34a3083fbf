import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { layerConverters } from '../layers/registry.ts';
import { opConverters } from '../ops/registry.ts';
import { parseNotes, parseRefusals, STRUCTURAL, STRUCTURAL_LAYERS } from './describe-operators.ts';
import { UNCONVERTED_LAYERS, UNCONVERTED_OPS } from './not-converted.ts';
import { LAYER_NOTES, OP_NOTES } from './op-notes.ts';
import { formattedOperators, OPERATORS_PAGE } from './write-operators.ts';

/** How the lists of tfjs-converter name an operation, and how tfjs-layers makes a layer known. */
const OPERATION = /'tfOpName': '(\w+)'/gu;
const LAYER = /registerClass\((\w+)\)/gu;

/** The code of a package that tfjs is made of. */
const packageOf = (name: string, path: string): string => {
  const tfjs = createRequire(import.meta.url).resolve('@tensorflow/tfjs');
  return join(dirname(createRequire(tfjs).resolve(`${name}/package.json`)), 'dist', path);
};

/** The names in all JavaScript files below a folder. */
const namesIn = async (path: string, pattern: RegExp): Promise<ReadonlySet<string>> => {
  const files = path.endsWith('.js')
    ? [path]
    : (await readdir(path, { recursive: true })).map((file) => join(path, file));
  const sources = files.filter((file) => file.endsWith('.js') && !file.endsWith('_test.js'));
  const texts = await Promise.all(sources.map((file) => readFile(file, 'utf8')));
  return new Set(texts.flatMap((text) => Array.from(text.matchAll(pattern), ([, name]) => name as string)));
};

const refused = (text: string): string[] => parseRefusals(text).map(({ name }) => name);

const names = (text: string): string[] => parseNotes(text).map(({ name }) => name);

describe('docs/operators.md', () => {
  test('has a note for every operation that can be converted, and no other', () => {
    expect(names(OP_NOTES).sort()).toEqual([...Object.keys(opConverters), ...STRUCTURAL].sort());
  });

  test('has a note for every layer that can be converted, and no other', () => {
    expect(names(LAYER_NOTES).sort()).toEqual([...Object.keys(layerConverters), ...STRUCTURAL_LAYERS].sort());
  });

  test('says of every operation that tfjs-converter knows either what it becomes or why it is refused', async () => {
    const known = await namesIn(packageOf('@tensorflow/tfjs-converter', 'operations/op_list'), OPERATION);
    expect(known.size).toBeGreaterThan(200);
    expect([...names(OP_NOTES), ...refused(UNCONVERTED_OPS)].sort()).toEqual([...known].sort());
  });

  test('says of every layer that tfjs-layers has either what it becomes or why it is refused', async () => {
    const folders = ['layers', 'engine', 'models.js'];
    const found = await Promise.all(
      folders.map((folder) => namesIn(packageOf('@tensorflow/tfjs-layers', folder), LAYER)),
    );
    // A tfjs-layers model calls itself "Model" in its files; its class has another name.
    const known = new Set(
      found.flatMap((layers) => Array.from(layers)).map((name) => name.replace('LayersModel', 'Model')),
    );
    expect(known.size).toBeGreaterThan(70);
    expect([...names(LAYER_NOTES), ...refused(UNCONVERTED_LAYERS)].sort()).toEqual([...known].sort());
  });

  test('is what the converter says (else run npx nx run export:operators)', async () => {
    expect(await readFile(OPERATORS_PAGE, 'utf8')).toBe(await formattedOperators());
  });
});
