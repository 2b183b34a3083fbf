import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';

const SAMPLES = [1, 2, 3, 4, 5, 6].map((number) => `@vladmandic/face-api/demo/sample${number}.jpg`);

/**
 * Reads the images that a load is made of.
 *
 * @param paths files; without any, the six photographs that come with `@vladmandic/face-api`.
 */
export const readLoadImages = (paths: readonly string[]): Promise<Buffer[]> => {
  const { resolve } = createRequire(import.meta.url);
  const files = paths.length > 0 ? paths : SAMPLES.map((sample) => resolve(sample));
  return Promise.all(files.map((file) => readFile(file)));
};
