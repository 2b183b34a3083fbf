import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangedSearchError,
  CorruptSearchError,
  openSearchRecord,
  writeSearchRecord,
} from './search-record.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mien-search-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const definition = {
  options: { architecture: 'residual', seed: 1, settings: { epochs: 9 } },
  space: { mixup: '0,0.2' },
  hasBaseline: true,
};

test('opening an empty folder leaves it empty', async () => {
  expect(await openSearchRecord(folder, definition)).toEqual({ definition });
  expect(await readdir(folder)).toEqual([]);
});

test('a record is found again, with what is known of the data', async () => {
  const record = { definition, data: { name: 'faces', validationImages: 12 } };
  await writeSearchRecord(folder, record);
  expect(await openSearchRecord(folder, definition)).toEqual(record);
});

test('another search is refused, and what differs is named', async () => {
  await writeSearchRecord(folder, { definition });
  const open = openSearchRecord(folder, { ...definition, space: { mixup: '0,0.4' } });
  await expect(open).rejects.toThrow(ChangedSearchError);
  await expect(open).rejects.toThrow(/space\.mixup: "0,0\.2" → "0,0\.4".*--out.*--fresh/u);
});

test.each(['{', 'null', '{}'])('a record that holds %p is refused', async (text) => {
  await writeFile(join(folder, 'search.json'), text);
  await expect(openSearchRecord(folder, definition)).rejects.toThrow(CorruptSearchError);
});
