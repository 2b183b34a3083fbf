import type { Outputs } from './run-samples.ts';

/** How one output of a graph differs from that of another, over a set of images. */
export interface OutputDifference {
  readonly output: string;
  readonly images: number;
  /** The mean absolute difference, as a share of the output's largest value where that is above 1. */
  readonly mean: number;
  /** The largest such difference; infinite where one is not a number. */
  readonly max: number;
  /** The share of images whose largest number, the most probable label, is the same one, in [0, 1]. */
  readonly labelAgreement: number;
}

/** The most probable class of each image. */
export const topClasses = ({ classes, data }: { classes: number; data: Float32Array }): number[] =>
  Array.from({ length: data.length / classes }, (_, row) => {
    const probabilities = data.subarray(row * classes, (row + 1) * classes);
    let top = 0;
    for (const [index, probability] of probabilities.entries()) {
      if (probability > (probabilities[top] as number)) top = index;
    }
    return top;
  });

/** What differences are shares of. */
const scaleOf = (data: Float32Array): number => {
  let largest = 1;
  for (const number of data) if (Number.isFinite(number)) largest = Math.max(largest, Math.abs(number));
  return largest;
};

/** Compares every output of a graph with the same output of the graph that it was made from. */
export const compareOutputs = (expected: Outputs, actual: Outputs): OutputDifference[] =>
  Array.from(expected, ([output, reference]) => {
    const other = actual.get(output) ?? { classes: reference.classes, data: new Float32Array() };
    const scale = scaleOf(reference.data);
    let [sum, max] = [0, 0];
    for (const [index, probability] of reference.data.entries()) {
      const actual = other.data[index] ?? NaN;
      const difference = Object.is(probability, actual) ? 0 : Math.abs(probability - actual) / scale;
      max = Number.isNaN(difference) ? Infinity : Math.max(max, difference);
      sum += difference;
    }
    const [ours, theirs] = [topClasses(reference), topClasses(other)];
    const same = ours.filter((top, image) => top === theirs[image]).length;
    const images = ours.length;
    return { output, images, mean: sum / reference.data.length, max, labelAgreement: same / images };
  });

/** The largest mean difference of any output: what a choice is judged by. NaN counts as infinite. */
export const worstMean = (differences: readonly OutputDifference[]): number =>
  Math.max(0, ...differences.map(({ mean }) => (Number.isNaN(mean) ? Infinity : mean)));
