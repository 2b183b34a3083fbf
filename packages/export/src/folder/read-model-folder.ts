import { MienError, parseTrainedModelCard, type TrainedModelCard } from '@mien/contract';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { readWhole } from '../files/read-whole.ts';
import { parseLayersModelJson, type ModelFiles } from '../read/model-files.ts';

/** A folder without a trained model in it. */
export class NoModelError extends MienError {
  override readonly name = 'NoModelError';
  constructor(readonly folder: string) {
    super(
      `There is no model.json in ${folder}. Train a model first with \`npx nx run training:fit\`, ` +
        'or name the folder of another one with --model.',
    );
  }
}

/** A trained model without its card: labels and input geometry are unknown. */
export class MissingCardError extends MienError {
  override readonly name = 'MissingCardError';
  constructor(readonly folder: string) {
    super(
      `There is no card.json in ${folder}, so the labels and the input are unknown. ` +
        '`npx nx run training:fit` writes one; for a model from elsewhere, write it by hand, ' +
        'as packages/contract/model-card.schema.json says, without graph and golden.',
    );
  }
}

/** A file that should hold JSON and does not. */
export class InvalidJsonFileError extends MienError {
  override readonly name = 'InvalidJsonFileError';
  constructor(
    readonly path: string,
    options?: ErrorOptions,
  ) {
    super(`${path} is not JSON; copy it again or train again.`, options);
  }
}

/** A weights manifest that points outside the model's folder. */
export class UnsafeWeightPathError extends MienError {
  override readonly name = 'UnsafeWeightPathError';
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

/** A trained model, read but not yet understood. */
export interface ModelFolder {
  readonly files: ModelFiles;
  readonly card: TrainedModelCard;
}

const readIfPresent = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    return await readWhole(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
};

const parseJson = (path: string, bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new InvalidJsonFileError(path, { cause: error });
  }
};

const safeJoin = (folder: string, path: string): string => {
  const inside = relative(folder, resolve(folder, path));
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside) || isAbsolute(path)) {
    throw new UnsafeWeightPathError(path, folder);
  }
  return join(folder, inside);
};

const readWeightFiles = async (folder: string, paths: readonly string[]): Promise<ModelFiles['weights']> => {
  const weights: Record<string, Uint8Array> = {};
  for (const path of paths) {
    // A file that is not there is reported by the converter, which knows what it was for.
    const bytes = await readIfPresent(safeJoin(folder, path));
    if (bytes !== undefined) weights[path] = bytes;
  }
  return weights;
};

/**
 * Reads what training left behind: `model.json`, its weight files and `card.json`.
 *
 * @throws {NoModelError} when there is no model.json.
 * @throws {MissingCardError} when there is no card.json.
 * @throws {InvalidJsonFileError} when one of them is not JSON.
 * @throws {UnsafeWeightPathError} when a weight file lies outside the folder.
 * @throws {InvalidModelCardError} when the card does not follow its schema.
 * @throws {GraphModelError} for a GraphModel.
 * @throws {NotATfjsModelError} when model.json is something else.
 */
export const readModelFolder = async (folder: string): Promise<ModelFolder> => {
  const modelPath = join(folder, 'model.json');
  const modelBytes = await readIfPresent(modelPath);
  if (modelBytes === undefined) throw new NoModelError(folder);
  const modelJson = parseJson(modelPath, modelBytes);
  const { weightGroups } = parseLayersModelJson(modelJson);
  const cardPath = join(folder, 'card.json');
  const cardBytes = await readIfPresent(cardPath);
  if (cardBytes === undefined) throw new MissingCardError(folder);
  const card = parseTrainedModelCard(parseJson(cardPath, cardBytes), cardPath);
  const weights = await readWeightFiles(
    folder,
    weightGroups.flatMap((group) => group.paths),
  );
  return { files: { modelJson, weights }, card };
};
