import type { Random } from '@mien/contract';

/** From here on the normal distribution is close enough: its skew, 1/√mean, is below 0.15. */
const NORMAL_FROM_MEAN = 50;

const countArrivals = (mean: number, random: Random): number => {
  const end = Math.exp(-mean);
  let arrivals = 0;
  for (let left = random.next(); left > end; left *= random.next()) arrivals++;
  return arrivals;
};

/**
 * Draws from the Poisson distribution: by multiplying uniform numbers (Knuth, The Art of Computer Programming 2,
 * 3.4.1), or, for large means, from the normal distribution of the same mean and variance.
 *
 * @param mean 0 or more.
 * @returns a whole number, 0 or more.
 */
export const drawPoisson = (mean: number, random: Random): number =>
  mean < NORMAL_FROM_MEAN
    ? countArrivals(mean, random)
    : Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
