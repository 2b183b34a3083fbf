import type { NamedValue } from '../graph/graph.ts';
import { elementCount } from '../graph/shape.ts';
import type { Arrays } from '../verify/number-array.ts';
import { batchesOf, type ImageSet } from './image-set.ts';

/** Inputs that graphs are tried on. */
export interface Samples {
  /** How many there are, in all portions together. */
  readonly count: number;
  /** By input name, as many as a graph may take at once. */
  readonly portions: Iterable<Arrays>;
  /** The first of them, as small as the graph takes it: what runs are timed on. */
  readonly one: Arrays;
}

/** How many numbers of images run at once: the values between layers take a multiple of their memory. */
const PORTION_ELEMENTS = 2 ** 21;

/** The most images that run at once. */
const LARGEST_PORTION = 16;

/**
 * Gives images to a graph's only input, in batches of the graph's size where that is fixed.
 *
 * @param input of the graph.
 */
export const samplesOf = (images: ImageSet, { name, value: { dtype, shape } }: NamedValue): Samples => {
  const kind = dtype === 'int32' ? dtype : 'float32';
  const [fixed] = shape;
  const fitting = Math.floor(PORTION_ELEMENTS / elementCount(images.shape));
  const most = typeof fixed === 'number' ? fixed : Math.max(1, Math.min(LARGEST_PORTION, fitting));
  const portions = function* (batch: number): Generator<Arrays> {
    for (const array of batchesOf(images, batch)) yield { [name]: { dtype: kind, ...array } };
  };
  const [one = {}] = portions(typeof fixed === 'number' ? fixed : 1);
  return { count: images.count, portions: { [Symbol.iterator]: () => portions(most) }, one };
};

/** Each of some inputs by itself. */
export const samplesFrom = (inputs: readonly Arrays[]): Samples => ({
  count: inputs.length,
  portions: inputs,
  one: inputs[0] ?? {},
});
