import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from '../dataset/image-folder.test-support.ts';
import { writeFixtureFaces } from './write-fixture-faces.ts';

const FIXTURES = fileURLToPath(new URL('../../../../test-fixtures', import.meta.url));

test('the fixture faces are what the renderer draws today', async () => {
  const folder = await emptyFolder();
  await writeFixtureFaces(folder);
  const read = (root: string, name: string): Promise<Buffer> => readFile(join(root, name));
  expect(await read(folder, 'faces-48x48.json')).toEqual(await read(FIXTURES, 'faces-48x48.json'));
  const [drawn, kept] = [await read(folder, 'faces-48x48.gray'), await read(FIXTURES, 'faces-48x48.gray')];
  expect(drawn).toHaveLength(28 * 48 * 48);
  // Processors may round a shape's edge differently; most pixels are the same to the last bit.
  const off = kept.filter((value, index) => Math.abs(value - (drawn[index] as number)) > 2);
  expect(off.length).toBeLessThan(kept.length / 1000);
});
