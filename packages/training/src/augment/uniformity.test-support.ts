/**
 * How far the empirical distribution is from the uniform on [low, high]: the Kolmogorov–Smirnov statistic times √n,
 * which is over 1.95 for one in a thousand honest samples.
 */
export const distanceFromUniform = (values: readonly number[], low: number, high: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const most = sorted.reduce((most, value, index) => {
    const expected = (value - low) / (high - low);
    const inRange = value >= low && value <= high;
    const above = (index + 1) / sorted.length - expected;
    const below = expected - index / sorted.length;
    return inRange ? Math.max(most, above, below) : Infinity;
  }, 0);
  return most * Math.sqrt(values.length);
};
