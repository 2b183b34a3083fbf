import { createRandom } from '@mien/contract';
import { compressPicture } from './compress-picture.ts';
import { flatPicture, moments } from './picture.test-support.ts';

describe('compressPicture', () => {
  // A flat block has one coefficient, 8 · (value − 128). The standard's table (ITU-T T.81, K.1) divides it by 16, libjpeg
  // scales that by 5000 / quality percent below quality 50: at 10 by 80, at 25 by 32.
  test.each([
    [10, 132, 128],
    [10, 133, 138],
    [10, 145, 148],
    [10, 112, 108],
    [25, 131, 132],
    [25, 129, 128],
  ])('at quality %d the value %d becomes %d, by the quantisation table', async (quality, value, expected) => {
    const picture = flatPicture(value, 16);
    expect(await compressPicture(picture, quality)).toEqual(new Uint8Array(256).fill(expected));
  });

  test('loses more the lower the quality, in colour too, and keeps the size where it is no multiple of 8', async () => {
    const random = createRandom(4);
    const geometry = { widthPx: 21, heightPx: 13, channels: 3 } as const;
    const pixels = Uint8Array.from(
      { length: 21 * 13 * 3 },
      (_, at) => 100 + 4 * (at % 21) + random.integer(30),
    );
    const lossAt = async (quality: number): Promise<number> => {
      const bytes = await compressPicture({ pixels, geometry }, quality);
      expect(bytes).toHaveLength(pixels.length);
      return moments(Array.from(bytes, (value, at) => Math.abs(value - (pixels[at] as number)))).mean;
    };
    const losses = [await lossAt(95), await lossAt(40), await lossAt(5)];
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
    expect(losses[0]).toBeGreaterThan(0);
    expect(new Set(losses).size).toBe(3);
  });
});
