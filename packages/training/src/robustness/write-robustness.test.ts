import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { brightHalfCard } from '../evaluate/trained-model.test-support.ts';
import { WriteFailedError } from '../fit/write-atomically.ts';
import { TURNING, turningTable } from './robustness.test-support.ts';
import { writeRobustness } from './write-robustness.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mien-robustness-'));
});
afterEach(() => rm(folder, { recursive: true }));

const content = () => ({
  folder,
  card: brightHalfCard(),
  table: turningTable(),
  corruptions: [TURNING],
  fingerprint: 'cd'.repeat(32),
  backend: 'JavaScript',
});

const picturesOf = (page: string): Promise<Buffer[]> =>
  Promise.all(
    [...page.matchAll(/src="data:image\/png;base64,([^"]+)"/gu)].map(([, data]) =>
      sharp(Buffer.from(data as string, 'base64'))
        .toColourspace('b-w')
        .raw()
        .toBuffer(),
    ),
  );

describe('writeRobustness', () => {
  test('writes the table as data', async () => {
    await writeRobustness(content());
    const written = JSON.parse(await readFile(join(folder, 'robustness.json'), 'utf8')) as object;
    expect(written).toMatchObject({ ...turningTable(), model: 'bright half', backend: 'JavaScript' });
    expect(written).toHaveProperty(['means', 3, 'level'], 'all');
  });

  test('shows a face under each corruption, in the bytes that the model would take', async () => {
    const [, file] = await writeRobustness(content());
    const page = await readFile(file as string, 'utf8');
    const [clean, same, turned, black] = (await picturesOf(page)) as [Buffer, Buffer, Buffer, Buffer];
    expect(clean).toHaveLength(64);
    expect(new Set(clean).size).toBeGreaterThan(10);
    expect([...same]).toEqual([...clean]);
    expect([...turned]).toEqual([...clean].toReversed());
    expect(new Set(black)).toEqual(new Set([0]));
  });

  test('puts figures beside the pictures, and refers to nothing outside the page', async () => {
    const [, file] = await writeRobustness(content());
    const page = await readFile(file as string, 'utf8');
    expect(page.replaceAll('\u00A0', ' ')).toMatch(/<b>60\.0 %<\/b>\s*<span class="loss">−30\.0<\/span>/u);
    expect(page).toContain('Turns &amp; blackens');
    expect(page).not.toMatch(/<script|https?:/u);
  });

  test('keeps the tables of several heads apart', async () => {
    await writeRobustness(content());
    await writeRobustness({ ...content(), table: turningTable({ output: 'own' }) });
    expect((await readdir(folder)).toSorted()).toEqual([
      'robustness-own.html',
      'robustness-own.json',
      'robustness.html',
      'robustness.json',
    ]);
  });

  test('says where it cannot write', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(writeRobustness({ ...content(), folder: file })).rejects.toThrow(WriteFailedError);
  });

  test('refuses a table that lacks a corruption that is to be shown', async () => {
    const table = turningTable({ rows: turningTable().rows.slice(1) });
    await expect(writeRobustness({ ...content(), table })).rejects.toThrow('lacks turning 1');
    expect(await readdir(folder)).toEqual([]);
  });
});
