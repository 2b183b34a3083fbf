import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WriteFailedError } from '../fit/write-atomically.ts';
import { renderReport } from './render-report.ts';
import { smallReport } from './report.test-support.ts';
import { writeReport } from './write-report.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mien-report-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe('writeReport', () => {
  test('writes the page, in a folder made for it, and nothing else', async () => {
    const file = join(dir, 'made', 'report.html');
    await writeReport({ file, ...smallReport() });
    expect(await readFile(file, 'utf8')).toBe(await renderReport(smallReport()));
    expect(await readdir(join(dir, 'made'))).toEqual(['report.html']);
  });

  test('says where it cannot write', async () => {
    await writeFile(join(dir, 'file'), '');
    const file = join(dir, 'file', 'report.html');
    await expect(writeReport({ file, ...smallReport() })).rejects.toThrow(WriteFailedError);
  });
});
