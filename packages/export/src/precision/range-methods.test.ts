import { RANGE_METHODS } from './range-methods.ts';
import type { Histogram } from './value-histograms.ts';

/** One number in each of 100 bins, and ten thousand times as many in the middle ones. */
const withTails = (): Histogram => {
  const counts = Float64Array.from({ length: 100 }, (_, bin) => (bin >= 40 && bin < 60 ? 10_000 : 1));
  return { min: -10, max: 10, counts };
};

const choose = (method: string, histogram: Histogram) => RANGE_METHODS[method]?.(histogram);

describe('RANGE_METHODS', () => {
  test('min-max takes all', () => {
    expect(choose('min-max', withTails())).toEqual({ min: -10, max: 10 });
  });

  test.each([
    // 200,080 numbers: 99.99 % leaves out 10 at either end, 99.9 % all of the tails.
    ['percentile 99.99', -8, 8],
    ['percentile 99.9', -2, 2],
  ])('%s leaves out half of the rest at either end', (method, min, max) => {
    const range = choose(method, withTails());
    expect(range?.min).toBeCloseTo(min, 9);
    expect(range?.max).toBeCloseTo(max, 9);
  });

  test('percentiles leave a value alone that is the same everywhere', () => {
    const counts = new Float64Array(100);
    counts[0] = 50;
    expect(choose('percentile 99.9', { min: 0, max: 0, counts })).toEqual({ min: 0, max: 0 });
  });

  test('least squares cuts off what costs less outside than it wins inside', () => {
    // Uniform numbers err least when nothing is cut off.
    const uniform = { min: 0, max: 10, counts: new Float64Array(1000).fill(5) };
    expect(choose('least squares', uniform)).toEqual({ min: 0, max: 10 });
    // One number in a million at 10, all others below 2.5: rounding errs by (range / 255)² / 12 on each.
    const counts = Float64Array.from({ length: 1000 }, (_, bin) => (bin < 250 ? 1e6 : 0));
    counts[999] = 1;
    const range = choose('least squares', { min: 0, max: 10, counts });
    expect(range?.max).toBeGreaterThan(2.4);
    expect(range?.max).toBeLessThan(4);
  });
});
