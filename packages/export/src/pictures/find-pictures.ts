import { MienError } from '@mien/contract';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A folder that cannot be read, or that holds no pictures. */
export class NoPicturesError extends MienError {
  override readonly name = 'NoPicturesError';
  constructor(
    readonly folder: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `There are no pictures in ${folder}: ${reason}. Give a folder of PNG, JPEG or WebP files; ` +
        'a few hundred, like those that the model will see.',
      options,
    );
  }
}

const EXTENSIONS = /\.(?:png|jpe?g|webp|gif|tiff?|avif)$/iu;

/** In the order of their characters' numbers, which is the same on every machine. */
const byCodeUnits = (one: string, other: string): number => Number(one > other) - Number(one < other);

/**
 * Finds the pictures in a folder and the folders in it, hidden ones left out.
 *
 * @returns paths relative to the folder, with `/` between names, sorted.
 * @throws {NoPicturesError} when there are none.
 */
export const findPictures = async (folder: string): Promise<string[]> => {
  let entries;
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new NoPicturesError(folder, code === 'ENOENT' ? 'there is no such folder' : message, {
      cause: error,
    });
  }
  const paths = entries
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && EXTENSIONS.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length).split(sep).join('/'))
    .filter((path) => !path.split('/').some((name) => name.startsWith('.')));
  if (paths.length === 0) throw new NoPicturesError(folder, 'it holds no pictures');
  return paths.sort(byCodeUnits);
};
