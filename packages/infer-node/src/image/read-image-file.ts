import { open, type FileHandle } from 'node:fs/promises';
import { collectBytes } from './collect-bytes.ts';
import { ImageTooLargeError, UnreadableImageError } from './image-errors.ts';

interface ReadLimits {
  /** What errors call the picture. */
  readonly name: string;
  readonly maxBytes: number;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; check the path',
  EISDIR: 'it is a folder; pass the files in it',
};

const readWhole = async (file: FileHandle, { name, maxBytes }: ReadLimits): Promise<Uint8Array> => {
  const stats = await file.stat();
  // What has no size of its own, such as a pipe, is read up to the limit.
  if (!stats.isFile() && !stats.isDirectory())
    return collectBytes(file.createReadStream({ autoClose: false }), { maxBytes, name });
  if (stats.size > maxBytes) throw new ImageTooLargeError(name, 'maxBytes', maxBytes, stats.size);
  return file.readFile();
};

/**
 * Reads a file, or a pipe that has a path.
 *
 * @throws {UnreadableImageError} when it cannot be read.
 * @throws {ImageTooLargeError} when it has more bytes than `maxBytes`.
 */
export const readImageFile = async (path: string, limits: ReadLimits): Promise<Uint8Array> => {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return await readWhole(file, limits);
  } catch (error) {
    if (error instanceof ImageTooLargeError || error instanceof UnreadableImageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnreadableImageError(limits.name, REASONS[code ?? ''] ?? message);
  } finally {
    await file?.close();
  }
};
