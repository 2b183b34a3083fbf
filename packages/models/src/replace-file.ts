import { rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Writes a file in one step: who reads it finds the old text or the new one, never a part. */
export const replaceFile = async (file: URL, text: string): Promise<void> => {
  const path = fileURLToPath(file);
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, text);
  await rename(unfinished, path);
};
