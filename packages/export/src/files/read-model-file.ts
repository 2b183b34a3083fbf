import { MienError } from '@mien/contract';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readWhole } from './read-whole.ts';
import { safeJoin } from './safe-join.ts';
import { isRecord } from '../read/is-record.ts';
import { parseWeightGroups, type ModelFiles } from '../read/model-files.ts';

/** A model that is not where it was said to be. */
export class ModelFileError extends MienError {
  override readonly name = 'ModelFileError';
  constructor(
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${path} ${reason}.`, options);
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Node's buffers end somewhere; everything else that can go wrong has a code. */
const unreadable = (error: unknown): string =>
  error instanceof RangeError
    ? 'is larger than a buffer can be here; save the model in several smaller weight files'
    : 'cannot be read';

const readBytes = async (path: string): Promise<Uint8Array> => {
  try {
    return await readWhole(path);
  } catch (error) {
    const reason =
      codeOf(error) === 'ENOENT' ? 'is not there; give the path of a model.json' : unreadable(error);
    throw new ModelFileError(path, reason, { cause: error });
  }
};

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const unzipped = (path: string, bytes: Uint8Array): Uint8Array => {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new ModelFileError(path, 'is gzip that cannot be unpacked; copy it again', { cause: error });
  }
};

const parseJson = (path: string, bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new ModelFileError(path, 'is not JSON; give the model.json of a TensorFlow.js model', {
      cause: error,
    });
  }
};

const readShard = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    return unzipped(path, await readWhole(path));
  } catch (error) {
    // A file that is not there is reported by the converter, which knows what it was for.
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof ModelFileError) throw error;
    throw new ModelFileError(path, unreadable(error), { cause: error });
  }
};

const isFolder = async (path: string): Promise<boolean> => {
  const status = await stat(path).catch(() => undefined);
  return status?.isDirectory() === true;
};

/**
 * Reads a TensorFlow.js model of either kind from disk: model.json and the weight files beside it, gzipped or not.
 *
 * @param path of model.json, or of the folder that it lies in.
 * @throws {ModelFileError} when there is no such file, or it is not JSON.
 * @throws {NotATfjsModelError} when the JSON has no weights manifest.
 * @throws {WeightPathError} when a weight file lies outside the folder.
 */
export const readModelFile = async (path: string): Promise<ModelFiles> => {
  const file = (await isFolder(path)) ? join(path, 'model.json') : path;
  const modelJson = parseJson(file, unzipped(file, await readBytes(file)));
  const folder = dirname(file);
  const weights: Record<string, Uint8Array> = {};
  for (const shard of parseWeightGroups(isRecord(modelJson) ? modelJson : {}).flatMap(
    (group) => group.paths,
  )) {
    const bytes = await readShard(safeJoin(folder, shard));
    if (bytes !== undefined) weights[shard] = bytes;
  }
  return { modelJson, weights };
};
