/** The 97.5 % point of the standard normal distribution: two-sided 95 %. */
const Z_95 = 1.959963984540054;

/**
 * The Wilson score interval of a proportion at 95 % (Wilson 1927, "Probable inference, the law of succession, and
 * statistical inference"). Unlike the normal approximation it stays within [0, 1] and holds for few samples.
 *
 * @param successes number of hits, at most `trials`.
 * @param trials at least 1.
 * @returns lower and upper end, both in [0, 1].
 */
export const wilsonInterval = (successes: number, trials: number): [number, number] => {
  const share = successes / trials;
  const z2 = (Z_95 * Z_95) / trials;
  const centre = (share + z2 / 2) / (1 + z2);
  const half = (Z_95 / (1 + z2)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
};
