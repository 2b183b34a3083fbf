import { createRandom } from '@mien/contract';
import { drawSymmetricBeta, mixUp } from './mixup.ts';
import { distanceFromUniform } from './uniformity.test-support.ts';

const draw = (alpha: number): number[] =>
  Array.from({ length: 4000 }, (_, seed) => drawSymmetricBeta(alpha, createRandom(11, seed)));

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('drawSymmetricBeta', () => {
  test.each([0.01, 0.2, 0.5, 1, 3, 40])('has the mean and the variance of Beta(%d, same)', (alpha) => {
    const values = draw(alpha);
    const variance = 1 / (4 * (2 * alpha + 1));
    // Four standard errors, which is generous for the variance of a bounded number.
    expect(Math.abs(average(values) - 0.5)).toBeLessThan(4 * Math.sqrt(variance / values.length));
    expect(average(values.map((value) => (value - 0.5) ** 2)) / variance).toBeCloseTo(1, 1);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test('is uniform for alpha 1', () => {
    expect(distanceFromUniform(draw(1), 0, 1)).toBeLessThan(1.95);
  });

  test('follows the arcsine law for alpha 1/2', () => {
    const angles = draw(0.5).map((value) => Math.asin(Math.sqrt(value)));
    expect(distanceFromUniform(angles, 0, Math.PI / 2)).toBeLessThan(1.95);
  });
});

describe('mixUp', () => {
  test('blends every image with the next, the last with the first', () => {
    const pixels = Float32Array.of(0, 100, 200, 40, 80, 10);
    const targets = Float32Array.of(1, 0, 0, 1, 0.5, 0.5);
    mixUp({ pixels, targets }, [0.25, 1, 0.5]);
    expect([...pixels]).toEqual([150, 55, 200, 40, 40, 55]);
    expect([...targets]).toEqual([0.25, 0.75, 0, 1, 0.75, 0.25]);
  });

  test('leaves a batch of one as it is', () => {
    const pixels = Float32Array.of(3, 5);
    mixUp({ pixels, targets: Float32Array.of(1) }, [0.5]);
    expect([...pixels]).toEqual([3, 5]);
  });
});
