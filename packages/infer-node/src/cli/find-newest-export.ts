import { MienError } from '@mien/contract';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** There is no exported model where the export puts them. */
export class NoExportError extends MienError {
  override readonly name = 'NoExportError';
  constructor(readonly folder: string) {
    super(
      `There is no model under ${folder} yet. Make one with "npx nx run export:onnx", ` +
        `or name one with --model FILE.onnx.`,
    );
  }
}

const modifiedMs = async (file: string): Promise<number | undefined> => {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return undefined;
  }
};

const subfolders = async (folder: string): Promise<string[]> => {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
};

/**
 * Finds the model that was exported last.
 *
 * @param modelsFolder holds a folder per trained model, each with its export in `onnx/`, e.g. `dist/training`.
 * @returns the path of its `model.onnx`.
 * @throws {NoExportError} when there is none.
 */
export const findNewestExport = async (modelsFolder: string): Promise<string> => {
  const files = (await subfolders(modelsFolder)).map((folder) => join(folder, 'onnx', 'model.onnx'));
  let newest: { readonly file: string; readonly modified: number } | undefined;
  for (const file of files) {
    const modified = await modifiedMs(file);
    if (modified !== undefined && modified > (newest?.modified ?? -Infinity)) newest = { file, modified };
  }
  if (newest === undefined) throw new NoExportError(modelsFolder);
  return newest.file;
};
