import type { Graph } from '../graph/graph.ts';
import { observeExtremes, observeValues, type Extreme } from './observe-values.ts';
import type { Samples } from './samples.ts';

/** How often the numbers of a value fall into equal parts of its range. */
export interface Histogram extends Extreme {
  readonly counts: Float64Array;
}

const BINS = 2048;

const addTo = ({ min, max, counts }: Histogram, elements: ArrayLike<number>): void => {
  const perUnit = max > min ? BINS / (max - min) : 0;
  for (let index = 0; index < elements.length; index++) {
    const bin = Math.min(BINS - 1, Math.floor(((elements[index] as number) - min) * perUnit));
    counts[bin] = (counts[bin] as number) + 1;
  }
};

/**
 * Runs a graph on samples, twice, and counts how the numbers of every value are spread: first for the ranges, then for
 * what lies in them.
 *
 * @returns by value name.
 */
export const valueHistograms = async (
  graph: Graph,
  { portions }: Samples,
): Promise<ReadonlyMap<string, Histogram>> => {
  const extremes = await observeExtremes(graph, portions);
  const histograms = new Map<string, Histogram>();
  for (const [name, { min, max }] of extremes) {
    histograms.set(name, { min, max, counts: new Float64Array(BINS) });
  }
  await observeValues(graph, portions, (name, elements) =>
    addTo(histograms.get(name) as Histogram, elements),
  );
  return histograms;
};
