import { MienError } from '@mien/contract';
import { join } from 'node:path';
import type { ImageSet } from '../precision/image-set.ts';
import { decodePicture, type PictureGeometry } from './decode-picture.ts';

/** More pictures that cannot be read than an accident would explain. */
export class UnreadablePicturesError extends MienError {
  override readonly name = 'UnreadablePicturesError';
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

/** Decoded pictures, and which pictures they are. */
export interface Pictures extends ImageSet {
  /** The paths of the pictures that could be read, in the order of the images. */
  readonly paths: readonly string[];
}

const reasonOf = (error: unknown): string => ((error as Error).message.split('\n')[0] ?? '').trim();

/** Which pictures to read, and what for. */
export interface ReadPicturesParams {
  readonly folder: string;
  /** Relative to the folder. */
  readonly paths: readonly string[];
  readonly geometry: PictureGeometry;
  /** Is told what was left out, in lines for people. */
  readonly report?: ((line: string) => void) | undefined;
}

const describeFailures = ({ folder, paths }: ReadPicturesParams, failures: readonly string[]): string =>
  `Left out ${failures.length} of ${paths.length} pictures in ${folder}, which cannot be read: ${failures.join(', ')}`;

/**
 * Decodes pictures to the size and colour that a model takes.
 *
 * @throws {UnreadablePicturesError} when more than 5 % cannot be read; fewer are left out.
 */
export const readPictures = async (params: ReadPicturesParams): Promise<Pictures> => {
  const { folder, paths, geometry, report } = params;
  const { channels, heightPx, widthPx } = geometry;
  const size = channels * heightPx * widthPx;
  const data = new Uint8Array(paths.length * size);
  const [read, failures]: [string[], string[]] = [[], []];
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const group = paths.slice(start, start + AT_ONCE);
    const results = await Promise.allSettled(
      group.map((path) => decodePicture(join(folder, path), geometry)),
    );
    for (const [index, result] of results.entries()) {
      const path = group[index] as string;
      if (result.status === 'rejected') failures.push(`${path} (${reasonOf(result.reason)})`);
      else data.set(result.value, (read.push(path) - 1) * size);
    }
  }
  if (failures.length > paths.length * MOST_FAILURES) {
    throw new UnreadablePicturesError(folder, failures.length, paths.length, failures[0] as string);
  }
  if (failures.length > 0) report?.(describeFailures(params, failures));
  const shape = [channels, heightPx, widthPx];
  return { count: read.length, shape, data: data.subarray(0, read.length * size), paths: read };
};
