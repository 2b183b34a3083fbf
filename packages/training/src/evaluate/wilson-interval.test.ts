import { wilsonInterval } from './wilson-interval.ts';

describe('wilsonInterval', () => {
  // Expected ends: scipy.stats.binomtest(hits, trials).proportion_ci(method='wilson'), SciPy 1.17.
  test.each([
    [8, 10, 0.4901624715366418, 0.9433178485456248],
    [0, 20, 0, 0.16112515805281935],
    [20, 20, 0.8388748419471808, 1],
    [2712, 3191, 0.8370770902334771, 0.8618621306267226],
  ])('of %i in %i agrees with SciPy', (hits, trials, low, high) => {
    const interval = wilsonInterval(hits, trials);
    expect(interval[0]).toBeCloseTo(low, 12);
    expect(interval[1]).toBeCloseTo(high, 12);
    expect(interval[0]).toBeGreaterThanOrEqual(0);
    expect(interval[1]).toBeLessThanOrEqual(1);
  });
});
