import type { Picture } from './corruption.ts';
import { toByte } from './to-byte.ts';

/** Weights end here, as with SciPy's `truncate`. */
const TRUNCATE_SIGMAS = 4;

const gaussianWeights = (sigmaPx: number): Float64Array => {
  const reach = Math.floor(TRUNCATE_SIGMAS * sigmaPx + 0.5);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, tap) =>
    Math.exp(-((tap - reach) ** 2) / (2 * sigmaPx ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};

/** Where the values lie along which a line of the picture is blurred, in places of the array. */
interface Lines {
  readonly starts: readonly number[];
  readonly length: number;
  readonly step: number;
}

const blurLines = (source: ArrayLike<number>, weights: Float64Array, lines: Lines): Float64Array => {
  const { starts, length, step } = lines;
  const reach = (weights.length - 1) / 2;
  const blurred = new Float64Array(source.length);
  for (const start of starts)
    for (let at = 0; at < length; at++) {
      let sum = 0;
      for (let tap = -reach; tap <= reach; tap++) {
        const from = Math.min(length - 1, Math.max(0, at + tap));
        sum += (weights[tap + reach] as number) * (source[start + from * step] as number);
      }
      blurred[start + at * step] = sum;
    }
  return blurred;
};

const range = (count: number, step: number): number[] => Array.from({ length: count }, (_, at) => at * step);

/**
 * Blurs with a Gaussian, as a lens out of focus or a face far away does. The arithmetic is that of
 * `scipy.ndimage.gaussian_filter(mode='nearest')` with its default `truncate`, rounded to bytes once at the end.
 *
 * @param sigmaShare standard deviation as a share of the picture's height, over 0.
 */
export const blurPicture = ({ pixels, geometry }: Picture, sigmaShare: number): Uint8Array => {
  const { widthPx, heightPx, channels } = geometry;
  const weights = gaussianWeights(sigmaShare * heightPx);
  const row = widthPx * channels;
  const down = blurLines(pixels, weights, { starts: range(row, 1), length: heightPx, step: row });
  const rows = range(heightPx, row).flatMap((start) => range(channels, 1).map((channel) => start + channel));
  const across = blurLines(down, weights, { starts: rows, length: widthPx, step: channels });
  return Uint8Array.from(across, toByte);
};
