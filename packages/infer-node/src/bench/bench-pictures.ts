import { createRandom } from '@mien/contract';
import sharp from 'sharp';
import { fileURLToPath } from 'node:url';

/** Different square JPEG pictures of seeded noise: as slow to decode as pictures get. */
export const noiseJpegs = (count: number, sizePx: number): Promise<Buffer[]> =>
  Promise.all(
    Array.from({ length: count }, (_, picture) => {
      const random = createRandom(picture);
      const noise = Uint8Array.from({ length: sizePx * sizePx * 3 }, () => random.integer(256));
      return sharp(noise, { raw: { width: sizePx, height: sizePx, channels: 3 } })
        .blur(2)
        .jpeg()
        .toBuffer();
    }),
  );

/** Six photographs with three to five faces each, `sizePx` wide. */
export const photographs = (sizePx: number): Promise<Buffer[]> =>
  Promise.all(
    [1, 2, 3, 4, 5, 6].map((number) => {
      const file = import.meta.resolve(`@vladmandic/face-api/demo/sample${number}.jpg`);
      return sharp(fileURLToPath(file)).resize({ width: sizePx }).jpeg({ quality: 90 }).toBuffer();
    }),
  );
