import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAtomically, WriteFailedError } from './write-atomically.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mien-write-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('writes, and replaces, leaving nothing beside', async () => {
  const file = join(folder, 'a', 'b', 'x.txt');
  await writeAtomically(file, 'one');
  await writeAtomically(file, Buffer.from('two'));
  expect(await readFile(file, 'utf8')).toBe('two');
  expect(await readdir(join(folder, 'a', 'b'))).toEqual(['x.txt']);
});

test('a failure names the file and its reason, and leaves nothing half-written', async () => {
  // A folder in the file's place makes the last step, the rename, fail.
  const file = join(folder, 'taken');
  await mkdir(join(file, 'inside'), { recursive: true });
  await expect(writeAtomically(file, 'one')).rejects.toThrow(WriteFailedError);
  await expect(writeAtomically(file, 'one')).rejects.toMatchObject({ file, cause: { code: 'EISDIR' } });
  expect(await readdir(folder)).toEqual(['taken']);
});

test('a file in the place of a folder is told', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(writeAtomically(join(folder, 'file', 'x.txt'), 'one')).rejects.toThrow(WriteFailedError);
});

test('a full disk is told', async () => {
  const file = join(folder, 'x.txt');
  // Writing to Linux' /dev/full fails as on a full disk; elsewhere it is another file that cannot be written.
  await symlink('/dev/full', `${file}.${process.pid}.tmp`);
  const cause = process.platform === 'linux' ? { code: 'ENOSPC' } : expect.anything();
  await expect(writeAtomically(file, 'one')).rejects.toMatchObject({ name: 'WriteFailedError', cause });
});
