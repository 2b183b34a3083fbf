import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRandom } from '@mien/contract';
import sharp from 'sharp';

/** Makes an empty folder of its own for one test. */
export const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'mien-dataset-'));

/** A small gray PNG: noise around a brightness, different for every seed. */
export const noisePng = (seed: number, brightness = 128, sizePx = 16): Promise<Buffer> => {
  const random = createRandom(seed);
  const gray = Uint8Array.from({ length: sizePx * sizePx }, () => brightness - 20 + random.integer(40));
  return sharp(gray, { raw: { width: sizePx, height: sizePx, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
};

/** Writes files below a folder, making the folders they need. */
export const writeFiles = async (
  root: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> => {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
};

/**
 * Writes a dataset folder of small PNGs in which brightness tells the class.
 *
 * @param params.splits folder of each split and images per class in it; `{ '': 6 }` for an undivided dataset.
 * @returns the folder.
 */
export const writeImageFolder = async (params: {
  readonly classes: readonly string[];
  readonly splits: Readonly<Record<string, number>>;
}): Promise<string> => {
  const root = await emptyFolder();
  let seed = 0;
  for (const [split, count] of Object.entries(params.splits))
    for (const [index, label] of params.classes.entries())
      for (let image = 0; image < count; image++) {
        const brightness = 30 + Math.round((190 * index) / Math.max(1, params.classes.length - 1));
        await writeFiles(root, { [join(split, label, `${image}.png`)]: await noisePng(seed++, brightness) });
      }
  return root;
};
