import { createRandom } from '@mien/contract';
import { addNoise } from './add-noise.ts';
import { flatPicture, moments } from './picture.test-support.ts';

describe('addNoise', () => {
  test.each([6, 24])('adds noise of mean 0 and standard deviation %d', (sigma) => {
    const noisy = addNoise(flatPicture(128, 200), sigma, createRandom(1));
    const { mean, deviation } = moments(noisy);
    // Of 40,000 draws the mean strays by σ/200, the deviation by σ/283; rounding adds 1/12 to the variance.
    expect(Math.abs(mean - 128)).toBeLessThan((4 * sigma) / 200);
    expect(Math.abs(deviation - Math.sqrt(sigma ** 2 + 1 / 12))).toBeLessThan((4 * sigma) / 283);
  });

  test('draws every channel of every pixel on its own', () => {
    const noisy = addNoise(flatPicture(128, 100, 3), 10, createRandom(2));
    const products = Array.from(
      { length: noisy.length / 3 },
      (_, pixel) => ((noisy[3 * pixel] as number) - 128) * ((noisy[3 * pixel + 1] as number) - 128),
    );
    // Uncorrelated: the mean of 10,000 products strays by 100/100.
    expect(Math.abs(moments(products).mean)).toBeLessThan(4);
  });

  test('clips at black and white', () => {
    const black = addNoise(flatPicture(0, 100), 20, createRandom(3));
    expect(black.filter((value) => value === 0).length / black.length).toBeCloseTo(0.51, 1);
    const white = addNoise(flatPicture(255, 100), 20, createRandom(3));
    expect(white.filter((value) => value === 255).length / white.length).toBeCloseTo(0.51, 1);
  });
});
