import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** A file and its SHA-256 in lowercase hexadecimal. */
export interface FileHash {
  readonly file: string;
  readonly sha256: string;
}

/**
 * Hashes the graphs in a folder.
 *
 * @param folder ends with a slash.
 * @returns in the order of their names; cards are left out, for they repeat the hash of their graph.
 */
export const hashGraphs = async (folder: URL): Promise<FileHash[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.onnx')).toSorted();
  return Promise.all(
    names.map(async (file) => ({
      file,
      sha256: createHash('sha256')
        .update(await readFile(new URL(file, folder)))
        .digest('hex'),
    })),
  );
};

/** Writes hashes as `sha256sum` does, which can check them too. */
export const formatHashes = (hashes: readonly FileHash[]): string =>
  hashes.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join('');

/** Reads what {@link formatHashes} wrote. */
export const parseHashes = (text: string): FileHash[] =>
  Array.from(text.matchAll(/^([0-9a-f]{64}) [ *](.+)$/gmu), ([, sha256 = '', file = '']) => ({
    file,
    sha256,
  }));
