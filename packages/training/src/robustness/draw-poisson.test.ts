import { createRandom } from '@mien/contract';
import { drawPoisson } from './draw-poisson.ts';
import { moments } from './picture.test-support.ts';

describe('drawPoisson', () => {
  test('draws 0, 1, 2, … with the chances of the Poisson distribution', () => {
    const random = createRandom(5);
    const draws = Array.from({ length: 20_000 }, () => drawPoisson(1.5, random));
    // e^−1.5 · 1.5^k / k!
    for (const [count, chance] of [0.22313, 0.3347, 0.25102, 0.12551, 0.04707].entries())
      expect(draws.filter((drawn) => drawn === count).length / 20_000).toBeCloseTo(chance, 1.7);
  });

  test.each([0.3, 20, 49, 51, 800])('has the mean and the variance %d', (mean) => {
    const random = createRandom(6);
    const draws = Array.from({ length: 20_000 }, () => drawPoisson(mean, random));
    const { mean: seen, deviation } = moments(draws);
    expect(Math.abs(seen - mean)).toBeLessThan(4 * Math.sqrt(mean / 20_000));
    expect(Math.abs(deviation ** 2 / mean - 1)).toBeLessThan(0.1);
    expect(draws.every((drawn) => Number.isInteger(drawn) && drawn >= 0)).toBe(true);
  });

  test('is 0 at mean 0', () => {
    expect(drawPoisson(0, createRandom(7))).toBe(0);
  });
});
