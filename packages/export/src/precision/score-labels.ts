import { topClasses } from './compare-outputs.ts';
import type { ImageSet } from './image-set.ts';
import type { Outputs } from './run-samples.ts';

/** Images whose class is known. */
export interface LabelledImages extends ImageSet {
  /** The output that is scored. */
  readonly output: string;
  /** Each image's class, as an index into that output's labels. */
  readonly truth: readonly number[];
}

/** How well an output names the classes of labelled images. */
export interface Scores {
  readonly output: string;
  readonly samples: number;
  readonly accuracy: number;
  /** The mean F1 of the classes that occur or are named. */
  readonly macroF1: number;
  /** The expected calibration error, 15 bins of equal width (Guo et al. 2017). */
  readonly ece: number;
}

const BINS = 15;

const f1 = (truth: readonly number[], tops: readonly number[], label: number): number => {
  const hits = tops.filter((top, image) => top === label && truth[image] === label).length;
  const [named, occurring] = [tops, truth].map((list) => list.filter((entry) => entry === label).length);
  return (2 * hits) / ((named as number) + (occurring as number));
};

const calibrationError = (confidences: readonly number[], hits: readonly boolean[]): number => {
  const gaps = new Float64Array(BINS);
  for (const [image, confidence] of confidences.entries()) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1));
    gaps[bin] = (gaps[bin] as number) + confidence - Number(hits[image]);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / confidences.length;
};

/** Scores one output of a graph on labelled images. */
export const scoreLabels = (
  outputs: Outputs,
  { output, truth }: Pick<LabelledImages, 'output' | 'truth'>,
): Scores => {
  const probabilities = outputs.get(output) ?? { classes: 1, data: new Float32Array() };
  const { classes, data } = probabilities;
  const tops = topClasses(probabilities);
  const hits = tops.map((top, image) => top === truth[image]);
  const seen = new Set([...truth, ...tops]);
  const confidences = tops.map((top, image) => data[image * classes + top] as number);
  return {
    output,
    samples: truth.length,
    accuracy: hits.filter(Boolean).length / truth.length,
    macroF1:
      Array.from(seen, (label) => f1(truth, tops, label)).reduce((sum, score) => sum + score, 0) / seen.size,
    ece: calibrationError(confidences, hits),
  };
};
