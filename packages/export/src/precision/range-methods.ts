import type { Extreme } from './observe-values.ts';
import type { Histogram } from './value-histograms.ts';

/** Chooses between which numbers a value is quantised; what lies outside is cut off. */
export type RangeMethod = (histogram: Histogram) => Extreme;

const LEVELS = 255;

const minMax: RangeMethod = ({ min, max }) => ({ min, max });

/** Leaves out the given share of numbers, half at either end. */
const percentile =
  (percent: number): RangeMethod =>
  ({ min, max, counts }) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const leftOut = (total * (1 - percent / 100)) / 2;
    const width = (max - min) / counts.length;
    let [below, above] = [0, 0];
    let [first, last] = [0, counts.length - 1];
    while (first < last && below + (counts[first] as number) <= leftOut) below += counts[first++] as number;
    while (last > first && above + (counts[last] as number) <= leftOut) above += counts[last--] as number;
    return { min: min + first * width, max: min + (last + 1) * width };
  };

/** The expected square of the error: of rounding inside the range, of cutting off outside. */
const squaredError = ({ min, max, counts }: Histogram, range: Extreme): number => {
  const [low, high] = [Math.min(0, range.min), Math.max(0, range.max)];
  const rounding = ((high - low) / LEVELS) ** 2 / 12;
  const width = (max - min) / counts.length;
  return counts.reduce((sum, count, bin) => {
    const center = min + (bin + 0.5) * width;
    const outside = Math.max(0, low - center, center - high);
    return sum + count * (outside > 0 ? outside ** 2 : rounding);
  }, 0);
};

const SHRINKINGS = Array.from({ length: 41 }, (_, step) => 1 - step / 50);

/** Cuts off as much as makes the expected square of the error smallest, first above, then below. */
const leastSquares: RangeMethod = (histogram) => {
  const best = (ranges: readonly Extreme[]): Extreme => {
    const errors = ranges.map((range) => squaredError(histogram, range));
    return ranges[errors.indexOf(Math.min(...errors))] as Extreme;
  };
  const { min, max } = histogram;
  const above = best(SHRINKINGS.map((share) => ({ min, max: max * share })));
  return best(SHRINKINGS.map((share) => ({ min: min * share, max: above.max })));
};

/** The ways in which ranges are chosen, by the name under which the choice is saved. */
export const RANGE_METHODS: Readonly<Record<string, RangeMethod>> = {
  'min-max': minMax,
  'percentile 99.99': percentile(99.99),
  'percentile 99.9': percentile(99.9),
  'least squares': leastSquares,
};
