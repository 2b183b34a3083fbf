import { MienError } from '@mien/contract';
import { mkdir, mkdtemp, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The output could not be written to. */
export class OutputError extends MienError {
  override readonly name = 'OutputError';
  constructor(
    readonly path: string,
    options: ErrorOptions,
    reason = `check its rights and the space left, or give another --out`,
  ) {
    super(`Cannot write to ${path}: ${reason}.`, options);
  }
}

/** Errors of the file system name the call that failed. */
const isFileSystemError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'syscall' in error;

/** The files in a folder at any depth, in reverse order: a model after the data that its name begins that of. */
const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
    .reverse();
};

const isFolder = async (path: string): Promise<boolean> => {
  const status = await stat(path).catch(() => undefined);
  return status?.isDirectory() === true;
};

/** Moves files into place; nothing is moved where one of them cannot be. */
const moveFiles = async (from: string, to: string): Promise<void> => {
  const files = await filesIn(from);
  for (const file of files) {
    const target = join(to, file);
    if (await isFolder(target)) {
      throw new OutputError(target, {}, 'it is a folder; give the path of a file in it');
    }
  }
  for (const file of files) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await rename(join(from, file), join(to, file));
  }
};

/**
 * Makes files in a hidden folder inside `folder` and moves them into place once `make` has succeeded. When it fails,
 * nothing stays behind, and files of an earlier run stay as they were.
 *
 * @param make writes files, in folders too, into the folder that it is given.
 * @throws {OutputError} when the file system refuses; otherwise what `make` throws.
 */
export const publishFiles = async <T>(
  folder: string,
  make: (workFolder: string) => Promise<T>,
): Promise<T> => {
  let workFolder: string | undefined;
  const made = await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new OutputError(folder, { cause: error });
  });
  try {
    workFolder = await mkdtemp(join(folder, '.unfinished-'));
    const result = await make(workFolder);
    await moveFiles(workFolder, folder);
    return result;
  } catch (error) {
    throw isFileSystemError(error) ? new OutputError(folder, { cause: error }) : error;
  } finally {
    if (workFolder !== undefined) await rm(workFolder, { recursive: true, force: true });
    if (made !== undefined) await removeEmpty(folder, made);
  }
};

/** Removes a folder and those around it, up to the outermost that this run made, as far as they are empty. */
const removeEmpty = async (folder: string, outermost: string): Promise<void> => {
  const isRemoved = await rmdir(folder).then(
    () => true,
    () => false,
  );
  if (isRemoved && folder !== outermost) await removeEmpty(dirname(folder), outermost);
};
