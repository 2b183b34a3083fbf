import { open, readFile, stat } from 'node:fs/promises';

/** The most that one call of the file system takes everywhere; `readFile` ends at twice that. */
const LARGEST_READ = 2 ** 30;

/**
 * Reads a file of any size that a buffer can hold, which is 4 GiB in Node 20 and more in later ones.
 *
 * @throws {RangeError} when it is larger.
 * @throws {Error} of the file system.
 */
export const readWhole = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
  const { size } = await stat(path);
  if (size <= LARGEST_READ) return readFile(path);
  const bytes = new Uint8Array(size);
  const file = await open(path);
  try {
    for (let start = 0; start < size;) {
      const { bytesRead } = await file.read(bytes, start, Math.min(LARGEST_READ, size - start), start);
      if (bytesRead === 0) return bytes.slice(0, start);
      start += bytesRead;
    }
  } finally {
    await file.close();
  }
  return bytes;
};
