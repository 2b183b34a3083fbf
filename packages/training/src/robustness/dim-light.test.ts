import { createRandom } from '@mien/contract';
import { dimLight } from './dim-light.ts';
import { flatPicture, moments } from './picture.test-support.ts';

describe('dimLight', () => {
  // byte · gain^(1 / 2.2): 255 · 0.5^0.4545, 255 · 0.05^0.4545, 180 · 0.25^0.4545.
  test.each([
    [255, 1 / 2, 186.1],
    [255, 1 / 20, 65.3],
    [180, 1 / 4, 95.9],
  ])('darkens %d at a gain of %d to about %d', (value, gain, expected) => {
    const { mean } = moments(dimLight(flatPicture(value, 100), gain, createRandom(8)));
    expect(Math.abs(mean - expected)).toBeLessThan(1);
  });

  test('has the noise of counted electrons, in relation stronger the less light there is', () => {
    // White has 1000 electrons · gain; a byte strays by byte / 2.2 / √electrons, and by its rounding.
    for (const gain of [1 / 2, 1 / 6, 1 / 20]) {
      const { mean, deviation } = moments(dimLight(flatPicture(255, 200), gain, createRandom(9)));
      const expected = Math.hypot(mean / 2.2 / Math.sqrt(1000 * gain), Math.sqrt(1 / 12));
      expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.03);
    }
  });

  test('keeps black black', () => {
    expect(moments(dimLight(flatPicture(0, 20), 0.5, createRandom(10)))).toEqual({ mean: 0, deviation: 0 });
  });
});
