import { createRandom } from '@mien/contract';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** A gray picture of seeded noise, as PNG. */
export const noisePng = (seed: number, widthPx = 12, heightPx = 12): Promise<Buffer> => {
  const random = createRandom(seed);
  const pixels = Uint8Array.from({ length: widthPx * heightPx }, () => random.integer(256));
  return sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 1 } })
    .png()
    .toBuffer();
};

/** Writes pictures of noise under the given paths. */
export const writePictures = async (folder: string, paths: readonly string[]): Promise<void> => {
  for (const [seed, path] of paths.entries()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), await noisePng(seed));
  }
};

/** Paths of numbered pictures. */
export const numbered = (count: number, folder = ''): string[] =>
  Array.from({ length: count }, (_, index) => `${folder}${String(index).padStart(3, '0')}.png`);
