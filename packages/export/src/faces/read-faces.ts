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
}

const reasonOf = (error: unknown): string => ((error as Error).message.split('\n')[0] ?? '').trim();

/** Which pictures to read, and what for. */
export interface ReadFacesParams {
  readonly folder: string;
  /** Relative to the folder. */
  readonly paths: readonly string[];
  readonly geometry: InputGeometry;
  /** Is told what was left out, in lines for people. */
  readonly report?: ((line: string) => void) | undefined;
}

const describeFailures = ({ folder, paths }: ReadFacesParams, failures: readonly string[]): string =>
  `Left out ${failures.length} of ${paths.length} pictures in ${folder}, which cannot be read: ${failures.join(', ')}`;

/**
 * Decodes faces to the size and colour that a model takes.
 *
 * @throws {UnreadableFacesError} when more than 5 % cannot be read; fewer are left out.
 */
export const readFaces = async (params: ReadFacesParams): Promise<Faces> => {
  const { folder, paths, geometry, report } = params;
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
  if (failures.length > 0) report?.(describeFailures(params, failures));
  const shape = [channels, heightPx, widthPx];
  return { count: read.length, shape, data: data.subarray(0, read.length * size), paths: read };
};
