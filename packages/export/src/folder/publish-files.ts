import { MienError } from '@mien/contract';
import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The output folder could not be written to. */
export class OutputError extends MienError {
  override readonly name = 'OutputError';
  constructor(
    readonly folder: string,
    options: ErrorOptions,
  ) {
    super(`Cannot write to ${folder}. Check its rights and the space left, or give another --out.`, options);
  }
}

/** Errors of the file system name the call that failed. */
const isFileSystemError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'syscall' in error;

/**
 * Makes files in a hidden folder inside `folder` and moves them into place once `make` has succeeded. When it fails,
 * nothing stays behind, and files of an earlier run stay as they were.
 *
 * @param names the files that `make` writes into the folder that it is given.
 * @throws {OutputError} when the file system refuses; otherwise what `make` throws.
 */
export const publishFiles = async <T>(
  folder: string,
  names: readonly string[],
  make: (workFolder: string) => Promise<T>,
): Promise<T> => {
  let workFolder: string | undefined;
  try {
    await mkdir(folder, { recursive: true });
    workFolder = await mkdtemp(join(folder, '.unfinished-'));
    const result = await make(workFolder);
    for (const name of names) await rename(join(workFolder, name), join(folder, name));
    return result;
  } catch (error) {
    throw isFileSystemError(error) ? new OutputError(folder, { cause: error }) : error;
  } finally {
    if (workFolder !== undefined) await rm(workFolder, { recursive: true, force: true });
    // Only goes where the folder is empty, that is, where this run made it for nothing.
    await rmdir(folder).catch(() => undefined);
  }
};
