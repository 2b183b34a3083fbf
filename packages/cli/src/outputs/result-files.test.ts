import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OverwritesInputError, UnwritableOutputError } from './output-error.ts';
import { ResultFiles } from './result-files.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'mien-results-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('a result', () => {
  test('is written with the folders that it needs, in place of an older one', async () => {
    const files = new ResultFiles([]);
    const path = join(folder, 'a/b/c.txt');
    await files.write(path, 'old');
    await files.write(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['c.txt']);
  });

  test('that grows is not seen under its name before it is whole', async () => {
    const path = join(folder, 'report.html');
    writeFileSync(path, 'old');
    const file = await new ResultFiles([]).grow(path);
    await file.write('one');
    await file.write(' two');
    expect(readFileSync(path, 'utf8')).toBe('old');
    await file.finish();
    expect(readFileSync(path, 'utf8')).toBe('one two');
    expect(readdirSync(folder)).toEqual(['report.html']);
  });

  test('that is given up leaves nothing behind', async () => {
    const file = await new ResultFiles([]).grow(join(folder, 'report.html'));
    await file.write('one');
    await file.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('never takes the place of a file that is read', async () => {
    const path = join(folder, 'photo.jpg');
    writeFileSync(path, 'photo');
    const files = new ResultFiles([path]);
    await expect(files.write(path, 'drawing')).rejects.toThrow(OverwritesInputError);
    await expect(files.grow(path)).rejects.toThrow(OverwritesInputError);
    symlinkSync(folder, join(folder, 'link'));
    await expect(files.write(join(folder, 'link', 'photo.jpg'), 'drawing')).rejects.toThrow(
      OverwritesInputError,
    );
    expect(readFileSync(path, 'utf8')).toBe('photo');
  });

  test('that cannot be written says where, and leaves nothing behind', async () => {
    writeFileSync(join(folder, 'file'), '');
    const files = new ResultFiles([]);
    const below = join(folder, 'file/below.txt');
    await expect(files.write(below, 'x')).rejects.toThrow(UnwritableOutputError);
    await expect(files.grow(below)).rejects.toThrow(`Cannot write ${join(folder, 'file')}`);
    await expect(files.write(folder, 'x')).rejects.toThrow(`Cannot write ${folder}`);
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
