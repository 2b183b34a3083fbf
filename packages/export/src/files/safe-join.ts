import { MienError } from '@mien/contract';
import { isAbsolute, join, relative, resolve } from 'node:path';

/** A weights manifest that points outside the model's folder. */
export class WeightPathError extends MienError {
  override readonly name = 'WeightPathError';
  constructor(
    readonly path: string,
    readonly folder: string,
  ) {
    super(
      `The weights manifest names "${path}", which lies outside ${folder}. ` +
        'Weight files must lie beside model.json: move them there and mend the path.',
    );
  }
}

/**
 * Joins a folder and the path of a weight file in it.
 *
 * @throws {WeightPathError} when the path leads out of the folder.
 */
export const safeJoin = (folder: string, path: string): string => {
  const inside = relative(folder, resolve(folder, path));
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside) || isAbsolute(path)) {
    throw new WeightPathError(path, folder);
  }
  return join(folder, inside);
};
