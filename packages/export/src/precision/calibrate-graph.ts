import type { Graph, NamedValue } from '../graph/graph.ts';
import { elementCount } from '../graph/shape.ts';
import { withGraphFile } from '../files/with-graph-file.ts';
import { toRanges, type ActivationRanges } from './activation-ranges.ts';
import { worstMean, type OutputDifference } from './compare-outputs.ts';
import { withoutDecided } from './decided-outputs.ts';
import { pickImages, type ImageSet } from './image-set.ts';
import { layersWorthFloat, type FloatTrial } from './layers-worth-float.ts';
import type { Extreme } from './observe-values.ts';
import { RANGE_METHODS } from './range-methods.ts';
import { runSamples } from './run-samples.ts';
import { samplesOf, type Samples } from './samples.ts';
import { tryRanges, type Judge } from './try-ranges.ts';
import { valueHistograms } from './value-histograms.ts';

/** One image in this many is held out: choices are judged on it. */
const HELD_OUT = 5;

/** Fewer images than this leave too few to judge on. */
export const LEAST_IMAGES = 10;

/** What a graph of pixels takes, whatever the images at hand hold. */
const PIXEL_RANGE: Extreme = { min: 0, max: 255 };

/** How calibration chooses. */
export interface CalibrationSettings {
  /** Between which numbers inputs may lie. Default [0, 255]. */
  readonly inputRange?: Extreme | undefined;
  /** What the mean difference of a probability should stay below. */
  readonly errorTarget: number;
  /** How many nodes may be left in float to get there. */
  readonly floatBudget: number;
  /** Is told how far the work has come, in lines for people. */
  readonly report?: ((line: string) => void) | undefined;
}

/** How one way to choose ranges did on the held-out images. */
export interface MethodTrial {
  readonly method: string;
  readonly differences: readonly OutputDifference[];
}

/** What calibration found, and why it chose so. */
export interface Calibration {
  readonly ranges: ActivationRanges;
  /** The images that choices were judged on. */
  readonly heldOut: ImageSet;
  /** All ways to choose ranges, best first. */
  readonly methods: readonly MethodTrial[];
  /** On how many of them leaving nodes in float was tried. */
  readonly trialCount: number;
  /** What leaving one node in float wins, most first; then again beside those that were left, for each of them. */
  readonly rounds: readonly (readonly FloatTrial[])[];
}

/** Every layer is tried on so many numbers, and on so many images at least: enough to put the layers in order. */
const TRIAL_ELEMENTS = 2 ** 21;
const FEWEST_TRIALS = 8;

const few = (images: ImageSet): ImageSet => {
  const most = Math.max(FEWEST_TRIALS, Math.floor(TRIAL_ELEMENTS / elementCount(images.shape)));
  const step = Math.ceil(images.count / most);
  return step <= 1 ? images : pickImages(images, (index) => index % step === 0);
};

const rangesByMethod = async (
  graph: Graph,
  images: Samples,
  inputRange: Extreme,
): Promise<ActivationRanges[]> => {
  const histograms = await valueHistograms(graph, images);
  const inputs = graph.inputs.map(({ name }) => [name, inputRange] as const);
  return Object.entries(RANGE_METHODS).map(([method, choose]) => {
    const chosen = Array.from(histograms, ([name, histogram]) => {
      const isBounded = Number.isFinite(histogram.min) && Number.isFinite(histogram.max);
      return [name, isBounded ? choose(histogram) : histogram] as const;
    });
    const ranges = toRanges(new Map([...chosen, ...inputs]));
    return { schemaVersion: 1, method, images: images.count, inFloat: [], ranges };
  });
};

/**
 * Finds how to quantise a graph best: runs it on four fifths of the images, tries each way to choose ranges on the
 * rest, and leaves in float the nodes that win most by it, until the error target is met or the budget spent.
 *
 * @param graph of one input.
 * @param images at least {@link LEAST_IMAGES}, such as the graph will see.
 */
export const calibrateGraph = async (
  graph: Graph,
  images: ImageSet,
  { inputRange = PIXEL_RANGE, errorTarget, floatBudget, report }: CalibrationSettings,
): Promise<Calibration> => {
  const [input] = graph.inputs as [NamedValue];
  const used = pickImages(images, (index) => index % HELD_OUT !== HELD_OUT - 1);
  const heldOut = pickImages(images, (index) => index % HELD_OUT === HELD_OUT - 1);
  report?.(`Calibrating int8 on ${used.count} images, judging on ${heldOut.count} others`);
  const candidates = await rangesByMethod(graph, samplesOf(used, input), inputRange);
  report?.(`Trying ${candidates.length} ways to choose the ranges`);
  const judgeOn = async (judged: ImageSet): Promise<Judge> => {
    const samples = samplesOf(judged, input);
    const outputs = await withGraphFile(graph, (file) => runSamples(file, samples));
    return { samples, expected: withoutDecided(outputs, graph) };
  };
  const judge = await judgeOn(heldOut);
  const trials: (MethodTrial & { ranges: ActivationRanges })[] = [];
  for (const ranges of candidates) {
    trials.push({ method: ranges.method, differences: await tryRanges(graph, ranges, judge), ranges });
  }
  trials.sort((one, other) => worstMean(one.differences) - worstMean(other.differences));
  const best = trials[0] as (typeof trials)[number];
  report?.(`Ranges by ${best.method} err least`);
  const trialImages = few(heldOut);
  const { inFloat, rounds } = await layersWorthFloat({
    graph,
    ranges: best.ranges,
    judge: await judgeOn(trialImages),
    errorTarget,
    floatBudget,
    report,
  });
  return {
    ranges: { ...best.ranges, inFloat },
    heldOut,
    trialCount: trialImages.count,
    methods: trials.map(({ method, differences }) => ({ method, differences })),
    rounds,
  };
};
