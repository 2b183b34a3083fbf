import type { Outputs } from './run-images.ts';

/** How one output of a graph differs from that of another, over a set of images. */
export interface OutputDifference {
  readonly output: string;
  readonly images: number;
  /** The mean absolute difference of a probability. */
  readonly mean: number;
  /** The largest absolute difference of a probability; infinite where one is not a number. */
  readonly max: number;
  /** The share of images whose most probable label is the same, in [0, 1]. */
  readonly labelAgreement: number;
}

/** The most probable class of each image. */
export const topClasses = ({ classes, data }: { classes: number; data: Float32Array }): number[] =>
  Array.from({ length: data.length / classes }, (_, row) => {
    const probabilities = data.subarray(row * classes, (row + 1) * classes);
    return probabilities.indexOf(Math.max(...probabilities));
  });

/** Compares every output of a graph with the same output of the graph that it was made from. */
export const compareOutputs = (expected: Outputs, actual: Outputs): OutputDifference[] =>
  Array.from(expected, ([output, reference]) => {
    const other = actual.get(output) ?? { classes: reference.classes, data: new Float32Array() };
    let [sum, max] = [0, 0];
    for (const [index, probability] of reference.data.entries()) {
      const difference = Math.abs(probability - (other.data[index] ?? NaN));
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
  Math.max(...differences.map(({ mean }) => (Number.isNaN(mean) ? Infinity : mean)));
