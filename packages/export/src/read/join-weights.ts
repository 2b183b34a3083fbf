import { MienError } from '@mien/contract';
import { elementCount } from '../graph/shape.ts';
import { NotATfjsModelError, type ModelFiles, type WeightGroup, type WeightSpec } from './model-files.ts';

/** A weight file that the manifest names was not given. */
export class MissingWeightsError extends MienError {
  override readonly name = 'MissingWeightsError';
  constructor(readonly path: string) {
    super(`The weight file "${path}" is missing. Copy every *.bin file beside model.json.`);
  }
}

/** Weight files that hold fewer or more bytes than the manifest says. */
export class WeightSizeError extends MienError {
  override readonly name = 'WeightSizeError';
  constructor(
    readonly paths: readonly string[],
    readonly expectedBytes: number,
    readonly actualBytes: number,
  ) {
    super(
      `The weight files ${paths.join(', ')} hold ${actualBytes} bytes, the manifest says ${expectedBytes}. ` +
        'Copy the model again: a file is cut short or belongs to another model.',
    );
  }
}

const BYTES_PER_ELEMENT: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
  complex64: 8,
};

/** Texts are as long as they say themselves, in the file: their length is not known from the manifest. */
const byteLength = (spec: WeightSpec): number | undefined => {
  if (spec.dtype === 'string') return undefined;
  const dtype = spec.quantization?.dtype ?? spec.dtype;
  const bytes = BYTES_PER_ELEMENT[dtype];
  if (bytes === undefined)
    throw new NotATfjsModelError(`weight "${spec.name}" has the unknown dtype "${dtype}"`);
  return bytes * elementCount(spec.shape);
};

const groupShards = (group: WeightGroup, files: ModelFiles['weights']): Uint8Array[] => {
  const shards = group.paths.map((path) => {
    const shard = Object.hasOwn(files, path) ? files[path] : undefined;
    if (shard === undefined) throw new MissingWeightsError(path);
    return shard;
  });
  const lengths = group.weights.map(byteLength);
  const expected = lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0);
  const actual = shards.reduce((sum, shard) => sum + shard.byteLength, 0);
  if (lengths.includes(undefined) ? actual < expected : actual !== expected)
    throw new WeightSizeError(group.paths, expected, actual);
  return shards;
};

/** The shard as a buffer of its own; a copy only where it is a part of another. */
const bufferOf = (shard: Uint8Array): ArrayBuffer => {
  const { buffer, byteLength } = shard;
  return buffer instanceof ArrayBuffer && byteLength === buffer.byteLength ? buffer : shard.slice().buffer;
};

/**
 * Puts the shards of all weight groups one after another, as the list of all groups' weights describes them. They stay
 * the buffers that they are: together they may be larger than any buffer.
 *
 * @throws {MissingWeightsError} when a shard was not given.
 * @throws {WeightSizeError} when a group's shards are too short or too long.
 */
export const joinWeights = (groups: readonly WeightGroup[], files: ModelFiles['weights']): ArrayBuffer[] =>
  groups.flatMap((group) => groupShards(group, files)).map(bufferOf);
