import { createRandom } from '@mien/contract';
import sharp from 'sharp';
import { blurRgb } from './blur-rgb.ts';

const SIZE = { widthPx: 24, heightPx: 16 };
const random = createRandom(1);
const picture = Uint8Array.from({ length: 24 * 16 * 3 }, () => random.integer(256));

describe('blurring', () => {
  test.each([0.6, 1, 2])('agrees with libvips to 3 of 255 at a sigma of %s', async (sigmaPx) => {
    const expected = await sharp(picture, { raw: { width: 24, height: 16, channels: 3 } })
      .blur({ sigma: sigmaPx, precision: 'float', minAmplitude: 0.01 })
      .raw()
      .toBuffer();
    const blurred = blurRgb(picture, { ...SIZE, sigmaPx });
    const largest = Math.max(...blurred.map((value, index) => Math.abs(value - (expected[index] as number))));
    expect(largest).toBeLessThanOrEqual(3);
  });

  test('leaves a plain picture plain, and a picture without blur as it is', () => {
    const plain = new Uint8Array(24 * 16 * 3).fill(77);
    expect(blurRgb(plain, { ...SIZE, sigmaPx: 1.5 })).toEqual(plain);
    expect(blurRgb(picture, { ...SIZE, sigmaPx: 0 })).toEqual(picture);
  });
});
