import { stat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MienError } from '@mien/contract';

/** Nothing has been exported yet. */
export class NoExportError extends MienError {
  override readonly name = 'NoExportError';
  constructor(readonly folder: string) {
    super(`Found no exported model in ${folder}. Run \`npx nx run export:onnx\`, or pass --export FOLDER.`);
  }
}

/**
 * Finds the export that was written last.
 *
 * @param folder holds one folder per export, each with a `model.onnx`.
 * @returns the path of that export's folder.
 * @throws {NoExportError} when there is none.
 */
export const findNewestExport = async (folder: string): Promise<string> => {
  const names = await readdir(folder).catch((): string[] => []);
  const exports = await Promise.all(
    names.map(async (name) => {
      const info = await stat(join(folder, name, 'model.onnx')).catch(() => undefined);
      return info === undefined ? [] : [{ path: join(folder, name), writtenAt: info.mtimeMs }];
    }),
  );
  const newest = exports.flat().sort((a, b) => b.writtenAt - a.writtenAt)[0];
  if (newest === undefined) throw new NoExportError(folder);
  return newest.path;
};
