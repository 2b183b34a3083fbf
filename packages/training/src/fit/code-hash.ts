import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What talks about weights but does not shape them. */
const LEFT_OUT = /^(?:bench|cli|inspect|report|robustness|tune)[\\/]|\.test(?:-support)?\.|\.(?:d\.ts|map)$/u;

const hashFolder = async (folder: string, hash: ReturnType<typeof createHash>): Promise<void> => {
  const names = (await readdir(folder, { recursive: true })).filter(
    (name) => /\.[jt]s$/u.test(name) && !LEFT_OUT.test(name),
  );
  for (const name of names.toSorted()) {
    hash.update(name.replaceAll(sep, '/'));
    hash.update(await readFile(join(folder, name)));
  }
};

/** The packages whose code decides what a training run comes to. */
const sourceFolders = (): string[] => [
  fileURLToPath(new URL('..', import.meta.url)),
  ...['@mien/contract', '@mien/pixels'].map((name) => dirname(fileURLToPath(import.meta.resolve(name)))),
];

/**
 * A fingerprint of the code that trains: the bytes of the training, pixel and contract sources, or of what they were
 * compiled to. The same options with other code are another run.
 *
 * @returns SHA-256, hex.
 */
export const codeHash = async (folders: readonly string[] = sourceFolders()): Promise<string> => {
  const hash = createHash('sha256');
  for (const folder of folders) await hashFolder(folder, hash);
  return hash.digest('hex');
};
