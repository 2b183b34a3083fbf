import { stat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MienError } from '@mien/contract';

/** Nothing has been exported yet. */
export class NoExportError extends MienError {
  override readonly name = 'NoExportError';
  constructor(readonly folder: string) {
    super(`Found no exported model in ${folder}. Run \`npx nx run export:onnx\`, or pass --model FOLDER.`);
  }
}

/** When the export in this folder was written, ms since 1970; `undefined` where there is none. */
const writtenAt = async (folder: string): Promise<number | undefined> => {
  const files = ['model.onnx', 'model.card.json'].map((file) => stat(join(folder, file)));
  return Promise.all(files).then(
    ([graph]) => graph?.mtimeMs,
    () => undefined,
  );
};

/**
 * Makes sure that a folder holds an export.
 *
 * @returns the folder.
 * @throws {NoExportError} when it holds no `model.onnx` or no `model.card.json`.
 */
export const checkExport = async (folder: string): Promise<string> => {
  if ((await writtenAt(folder)) === undefined) throw new NoExportError(folder);
  return folder;
};

/**
 * Finds the export that was written last.
 *
 * @param folder holds one folder per trained model, each with its export in `onnx/`.
 * @returns the path of that export's folder.
 * @throws {NoExportError} when there is none.
 */
export const findNewestExport = async (folder: string): Promise<string> => {
  const paths = (await readdir(folder).catch((): string[] => [])).map((name) => join(folder, name, 'onnx'));
  const times = await Promise.all(paths.map(writtenAt));
  const newest = times.reduce<number>(
    (best, time, index) => ((time ?? 0) > (times[best] ?? 0) ? index : best),
    0,
  );
  if (times[newest] === undefined) throw new NoExportError(folder);
  return paths[newest] as string;
};
