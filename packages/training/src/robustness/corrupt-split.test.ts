import { createRandom } from '@mien/contract';
import { corruptSplit } from './corrupt-split.ts';
import type { Corrupt } from './corruption.ts';
import { CORRUPTIONS } from './corruptions.ts';

const GEOMETRY = { widthPx: 16, heightPx: 16, channels: 1 } as const;
const LENGTH = 256;
const IMAGES = 6;

const random = createRandom(11);
const split = {
  pixels: Uint8Array.from({ length: IMAGES * LENGTH }, () => random.integer(256)),
  sources: Array.from({ length: IMAGES }, (_, image) => `left/${image}.png`),
};

/** Gives the first byte that the image's stream draws, throughout. */
const drawing: Corrupt = ({ pixels }, random) => new Uint8Array(pixels.length).fill(random.integer(256));

const drawnBy = async (
  name: string,
  range = { start: 0, end: IMAGES },
  images = split,
): Promise<number[]> => {
  const bytes = await corruptSplit({
    split: images,
    geometry: GEOMETRY,
    corruption: { name },
    level: { corrupt: drawing },
    range,
  });
  return Array.from({ length: range.end - range.start }, (_, image) => bytes[image * LENGTH] as number);
};

describe('corruptSplit', () => {
  test('corrupts each image as it would be corrupted alone, in the order of the split', async () => {
    for (const corruption of CORRUPTIONS) {
      const level = corruption.levels[2];
      const params = { split, geometry: GEOMETRY, corruption, level };
      const whole = await corruptSplit({ ...params, range: { start: 0, end: IMAGES } });
      const parts = [
        await corruptSplit({ ...params, range: { start: 0, end: 1 } }),
        await corruptSplit({ ...params, range: { start: 1, end: IMAGES } }),
      ];
      expect(Buffer.concat(parts)).toEqual(Buffer.from(whole));
      expect(Buffer.from(whole)).not.toEqual(Buffer.from(split.pixels));
    }
  });

  test('draws the same for an image wherever it stands in the split', async () => {
    const reversed = { pixels: split.pixels, sources: split.sources.toReversed() };
    const range = { start: 0, end: IMAGES };
    expect(await drawnBy('blur', range, reversed)).toEqual((await drawnBy('blur')).toReversed());
  });

  test('draws otherwise for another image and for another kind of corruption', async () => {
    const [blur, noise] = [await drawnBy('blur'), await drawnBy('noise')];
    expect(new Set(blur).size).toBeGreaterThan(3);
    expect(blur).not.toEqual(noise);
  });

  test('leaves the split as it was', async () => {
    const before = Buffer.from(split.pixels);
    await drawnBy('blur');
    expect(Buffer.from(split.pixels)).toEqual(before);
  });
});
