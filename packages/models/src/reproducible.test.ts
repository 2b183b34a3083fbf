import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exportShipped } from './export-shipped.test-support.ts';
import { formatHashes, hashGraphs } from './hashes/graph-hashes.ts';
import { PACKAGE_FILES } from './package-files.ts';

describe('exporting the shipped model', () => {
  let folder: string;
  let folders: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mien-models-'));
    folders = [join(folder, 'first'), join(folder, 'second')];
    await Promise.all(folders.map(exportShipped));
  }, 600_000);
  afterAll(() => rm(folder, { recursive: true }));

  test('gives the same bytes twice, graphs and cards', async () => {
    const [first = [], second] = await Promise.all(
      folders.map(async (one) => {
        const names = (await readdir(one)).toSorted();
        return Promise.all(names.map(async (name) => [name, await readFile(join(one, name), 'base64')]));
      }),
    );
    expect(first.length).toBeGreaterThan(1);
    expect(second).toEqual(first);
  });

  test('gives the bytes that were recorded: where they changed on purpose, `npx nx run models:hash`', async () => {
    const [first = ''] = folders;
    const recorded = await readFile(PACKAGE_FILES.hashes, 'utf8');
    expect(formatHashes(await hashGraphs(pathToFileURL(`${first}/`)))).toBe(recorded);
  });
});
