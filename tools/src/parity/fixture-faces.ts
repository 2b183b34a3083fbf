import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MienError } from '@mien/contract';
import type { Frame } from '@mien/pixels';
import sharp from 'sharp';

/** The faces of `test-fixtures/`, as pixels and as the picture file that a user would hand in. */
export interface FixtureFace {
  readonly frame: Frame;
  /** The same pixels as a gray PNG. */
  readonly png: Uint8Array;
}

/** The fixture faces are missing, or their two files do not fit each other. */
export class InvalidFixtureError extends MienError {
  override readonly name = 'InvalidFixtureError';
  constructor(
    readonly file: string,
    readonly problem: string,
  ) {
    super(`${file} ${problem}. Restore test-fixtures/ from version control.`);
  }
}

interface FixtureHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly count: number;
}

const FIXTURES = new URL('../../../test-fixtures/', import.meta.url);

const read = (url: URL): Promise<Buffer> =>
  readFile(url).catch(() => {
    throw new InvalidFixtureError(fileURLToPath(url), 'cannot be read');
  });

const toFace = async (gray: Uint8Array, { widthPx, heightPx }: FixtureHeader): Promise<FixtureFace> => {
  const rgba = new Uint8ClampedArray(gray.length * 4);
  for (const [pixel, value] of gray.entries()) rgba.set([value, value, value, 255], pixel * 4);
  const raw = { width: widthPx, height: heightPx, channels: 1 } as const;
  const png = await sharp(gray, { raw }).toColourspace('b-w').png().toBuffer();
  return { frame: { widthPx, heightPx, rgba }, png };
};

/**
 * Reads the fixture faces.
 *
 * @param folder holds `faces-48x48.gray` (gray bytes, one face after the other) and `faces-48x48.json`.
 * @throws {InvalidFixtureError} when a file is missing or the bytes do not match the header.
 */
export const readFixtureFaces = async (folder = FIXTURES): Promise<FixtureFace[]> => {
  const grayUrl = new URL('faces-48x48.gray', folder);
  const header = JSON.parse(String(await read(new URL('faces-48x48.json', folder)))) as FixtureHeader;
  const bytes = await read(grayUrl);
  const size = header.widthPx * header.heightPx;
  if (bytes.length !== header.count * size || size === 0)
    throw new InvalidFixtureError(
      fileURLToPath(grayUrl),
      `holds ${bytes.length} bytes, not ${header.count} × ${size}`,
    );
  return Promise.all(
    Array.from({ length: header.count }, (_, index) =>
      toFace(new Uint8Array(bytes.subarray(index * size, (index + 1) * size)), header),
    ),
  );
};
