import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OutputError } from './publish-files.ts';

/**
 * Writes a file under another name first and moves it into place, so that nobody finds half of it.
 *
 * @throws {OutputError} when the file system refuses; nothing stays behind then.
 */
export const writeWhole = async (path: string, text: string): Promise<void> => {
  const unfinished = join(dirname(path), `.${basename(path)}.unfinished`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new OutputError(path, { cause: error }, 'check its rights and the space left');
  }
};
