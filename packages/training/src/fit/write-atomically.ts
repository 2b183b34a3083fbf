import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MienError } from '@mien/contract';

/** A file that could not be written, e.g. because the disk is full. */
export class WriteFailedError extends MienError {
  override readonly name = 'WriteFailedError';
  constructor(
    readonly file: string,
    options: { readonly cause: unknown },
  ) {
    super(
      `Cannot write ${file}. Check free disk space and permissions; what was there before is unchanged.`,
      options,
    );
  }
}

/**
 * Writes a file whole or not at all: first beside its place, flushed to disk, then renamed into it. Folders are made
 * as needed.
 *
 * @throws {WriteFailedError} when the system refuses; nothing half-written is left behind.
 */
export const writeAtomically = async (file: string, content: string | Uint8Array): Promise<void> => {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    // It may never have come to be; the first failure is the one to tell.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new WriteFailedError(file, { cause: error });
  }
};
