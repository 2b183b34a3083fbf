import { MienError } from '@mien/contract';
import type { InputGeometry } from '@mien/pixels';
import { join } from 'node:path';
import type { ImageSet } from '../precision/image-set.ts';
import { decodeFace } from './decode-face.ts';

/** More pictures that cannot be read than an accident would explain. */
export class UnreadableFacesError extends MienError {
  override readonly name = 'UnreadableFacesError';
  constructor(
    readonly folder: string,
    readonly failed: number,
    readonly total: number,
    readonly first: string,
  ) {
    super(
      `${failed} of ${total} pictures in ${folder} cannot be read, the first is ${first}. ` +
        'Check that they were copied whole; up to 5 % would be left out.',
    );
  }
}

/** The share of pictures that may be left out. */
const MOST_FAILURES = 0.05;

/** Pictures that are decoded at once. */
const AT_ONCE = 16;

/** Decoded faces, and which pictures they are. */
export interface Faces extends ImageSet {
  /** The paths of the pictures that could be read, in the order of the images. */
  readonly paths: readonly string[];
  /** The paths of those that could not, with the reason. */
  readonly failures: readonly string[];
}

const reasonOf = (error: unknown): string => ((error as Error).message.split('\n')[0] ?? '').trim();

/**
 * Decodes faces to the size and colour that a model takes.
 *
 * @param paths relative to the folder.
 * @throws {UnreadableFacesError} when more than 5 % cannot be read; fewer are left out.
 */
export const readFaces = async (
  folder: string,
  paths: readonly string[],
  geometry: InputGeometry,
): Promise<Faces> => {
  const { channels, heightPx, widthPx } = geometry;
  const size = channels * heightPx * widthPx;
  const data = new Uint8Array(paths.length * size);
  const [read, failures]: [string[], string[]] = [[], []];
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const group = paths.slice(start, start + AT_ONCE);
    const results = await Promise.allSettled(group.map((path) => decodeFace(join(folder, path), geometry)));
    for (const [index, result] of results.entries()) {
      const path = group[index] as string;
      if (result.status === 'rejected') failures.push(`${path} (${reasonOf(result.reason)})`);
      else data.set(result.value, (read.push(path) - 1) * size);
    }
  }
  if (failures.length > paths.length * MOST_FAILURES) {
    throw new UnreadableFacesError(folder, failures.length, paths.length, failures[0] as string);
  }
  return {
    count: read.length,
    shape: [channels, heightPx, widthPx],
    data: data.subarray(0, read.length * size),
    paths: read,
    failures,
  };
};
