import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../folder/model-folder.test-support.ts';
import { OutputError, publishFiles } from './publish-files.ts';

describe('publishFiles', () => {
  test('puts finished files in place, beside what is there already', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'notes.txt'), 'mine');
      await writeFile(join(folder, 'a'), 'old');
      const result = await publishFiles(folder, async (work) => {
        await writeFile(join(work, 'a'), 'new');
        expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old');
        return 'done';
      });
      expect(result).toBe('done');
      expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new');
      expect((await readdir(folder)).sort()).toEqual(['a', 'notes.txt']);
    }));

  test('leaves nothing behind when the work fails, and keeps an earlier result', () =>
    withFolder(async (folder) => {
      const out = join(folder, 'new', 'out');
      const fail = async (work: string): Promise<void> => {
        await writeFile(join(work, 'a'), 'half');
        throw new RangeError('stop');
      };
      await expect(publishFiles(out, fail)).rejects.toThrow(RangeError);
      expect(await readdir(folder)).toEqual([]);
      await writeFile(join(folder, 'a'), 'old');
      await expect(publishFiles(folder, fail)).rejects.toThrow(RangeError);
      expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old');
    }));

  test('names the folder that cannot be written to', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '');
      const out = join(folder, 'file', 'out');
      await expect(publishFiles(out, () => Promise.resolve())).rejects.toThrow(OutputError);
      await mkdir(join(folder, 'a'));
      await writeFile(join(folder, 'a', 'x'), '');
      const overFolder = publishFiles(folder, (work) => writeFile(join(work, 'a'), ''));
      await expect(overFolder).rejects.toThrow(OutputError);
    }));
});
