import { MienError, parseTrainedModelCard, type TrainedModelCard } from '@mien/contract';
import { join } from 'node:path';
import { readWhole } from '../files/read-whole.ts';
import { safeJoin } from '../files/safe-join.ts';
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
 * @throws {WeightPathError} when a weight file lies outside the folder.
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
