import type { Random } from '@mien/contract';

/** Logarithm of a Gamma(shape, 1) number: Marsaglia and Tsang (2000), boosted below 1 in logarithms against underflow. */
const drawLogGamma = (shape: number, random: Random): number => {
  if (shape < 1) return drawLogGamma(shape + 1, random) + Math.log(1 - random.next()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = random.normal();
    const cube = (1 + c * normal) ** 3;
    if (cube <= 0) continue;
    const limit = 0.5 * normal * normal + d - d * cube + d * Math.log(cube);
    if (Math.log(1 - random.next()) < limit) return Math.log(d * cube);
  }
};

/** Draws from the symmetric Beta(alpha, alpha), as the share of one of two Gamma(alpha) numbers. */
export const drawSymmetricBeta = (alpha: number, random: Random): number =>
  1 / (1 + Math.exp(drawLogGamma(alpha, random) - drawLogGamma(alpha, random)));

/** Blends every row with the next, the last with the first: `share * row + (1 - share) * next`. */
const blendRows = (rows: Float32Array, shares: readonly number[]): void => {
  const length = rows.length / shares.length;
  const first = rows.slice(0, length);
  for (const [row, share] of shares.entries()) {
    const start = row * length;
    const isLast = row === shares.length - 1;
    const other = isLast ? first : rows;
    const shift = isLast ? -start : length;
    for (let index = start; index < start + length; index++)
      rows[index] = share * (rows[index] as number) + (1 - share) * (other[index + shift] as number);
  }
};

/**
 * Mixup (Zhang et al. 2018, arXiv:1710.09412): every image of a batch becomes a blend with its neighbour, and its
 * target likewise. Batches are in random order, so that neighbours are random pairs; each pair has its own share.
 *
 * @param batch changed in place; `targets` rows keep summing to 1.
 * @param shares what stays of each image, in [0, 1], one per image.
 */
export const mixUp = (
  batch: { readonly pixels: Float32Array; readonly targets: Float32Array },
  shares: readonly number[],
): void => {
  blendRows(batch.pixels, shares);
  blendRows(batch.targets, shares);
};
