import type { Precision } from '@mien/contract';
import { NoCalibrationError } from '../folder/precision-request.ts';
import type { Graph, NamedValue } from '../graph/graph.ts';
import { readCalibrationFor, type CalibrationInputs } from '../pictures/read-calibration.ts';
import { pickImages, type ImageSet } from '../precision/image-set.ts';
import { makePreciseGraphs, type PreciseGraphs } from '../precision/make-precise-graphs.ts';
import { samplesFrom, samplesOf, type Samples } from '../precision/samples.ts';
import { randomInputs } from '../verify/random-inputs.ts';
import type { ConvertOptions } from './convert-options.ts';
import { hasScaling, layoutOf, rangeOfInputs, scalingOf } from './input-settings.ts';
import { readRanges, UnusedOptionError } from './precision-options.ts';
import { print } from './run-command.ts';

/** How many random inputs are tried. */
const RANDOM_TRIALS = 4;

/** How many pictures are looked at for overflow: more show little that these do not. */
const MOST_TRIALS = 64;

/** The precisions that are asked for, fp32 unless told otherwise. */
export const precisionsOf = ({ precision }: Pick<ConvertOptions, 'precision'>): readonly Precision[] =>
  precision ?? ['fp32'];

/** Graphs of the precisions that were asked for, and what they can be compared on. */
export interface ConvertedPrecisions extends PreciseGraphs {
  readonly samples: Samples;
  /** What the samples are, in words. */
  readonly samplesAre: string;
}

/**
 * Refuses options that nothing would use, and int8 without anything to choose its scales by.
 *
 * @throws {UnusedOptionError}
 * @throws {NoCalibrationError}
 */
export const checkPrecisionOptions = (options: ConvertOptions): void => {
  const precisions = precisionsOf(options);
  const isFp32Alone = precisions.every((precision) => precision === 'fp32');
  const { calibrate, ranges, verify } = options;
  if (isFp32Alone && calibrate !== undefined) throw new UnusedOptionError('--calibrate');
  if (!precisions.includes('int8') && ranges !== undefined) throw new UnusedOptionError('--ranges');
  if (isFp32Alone && !verify && hasScaling(options)) {
    throw new UnusedOptionError('What is said of the input', 'fp16, int8 and --verify', '--verify');
  }
  if (precisions.includes('int8') && calibrate === undefined && ranges === undefined) {
    throw new NoCalibrationError();
  }
};

const readCalibrationInputs = async (
  graph: Graph,
  options: ConvertOptions,
): Promise<CalibrationInputs | undefined> => {
  if (options.calibrate === undefined) return undefined;
  const source = { path: options.calibrate, layout: layoutOf(options), scaling: scalingOf(options) };
  const inputs = await readCalibrationFor(graph, { ...source, report: print });
  const { count, shape } = inputs.images;
  const { min, max } = inputs.inputRange;
  print(
    `Read ${count} inputs of ${shape.join(' × ')} from ${options.calibrate}, numbers in [${min}, ${max}]`,
  );
  return inputs;
};

/** At most so many, evenly from all. */
const some = (images: ImageSet, most: number): ImageSet => {
  const step = Math.ceil(images.count / most);
  return pickImages(images, (index) => index % step === 0);
};

/** Random inputs, and pictures where there are some. */
const trialsOf = (graph: Graph, pictures: Samples | undefined, options: ConvertOptions): Samples => {
  const range = rangeOfInputs(graph, layoutOf(options), options);
  const random = Array.from({ length: RANDOM_TRIALS }, (_, seed) => randomInputs(graph, 1, seed, range));
  return samplesFrom([...random, ...(pictures?.portions ?? [])]);
};

/**
 * Makes the precisions that are asked for from a converted graph.
 *
 * @throws {CalibrationInputError} when the model has no input that pictures or the file fit.
 * @throws what reading pictures, tensor files and ranges throws.
 */
export const convertPrecisions = async (
  graph: Graph,
  options: ConvertOptions,
): Promise<ConvertedPrecisions> => {
  const precisions = precisionsOf(options);
  const read = await readCalibrationInputs(graph, options);
  const input = graph.inputs[0] as NamedValue;
  const pictures = read === undefined ? undefined : samplesOf(some(read.images, MOST_TRIALS), input);
  const trials = trialsOf(graph, pictures, options);
  const made = await makePreciseGraphs(graph, {
    precisions,
    trials,
    calibrationImages: read?.images,
    inputRange: read?.inputRange,
    ranges:
      options.calibrate === undefined && options.ranges !== undefined
        ? await readRanges(options.ranges)
        : undefined,
    errorTarget: options.errorTarget,
    floatBudget: options.floatLayers,
    report: print,
  });
  const { calibration } = made;
  if (calibration !== undefined) {
    const samplesAre = `${calibration.heldOut.count} inputs held out of calibration`;
    return { ...made, samples: samplesOf(calibration.heldOut, input), samplesAre };
  }
  if (pictures !== undefined)
    return { ...made, samples: pictures, samplesAre: `${pictures.count} of the inputs` };
  return { ...made, samples: trials, samplesAre: `${trials.count} random inputs` };
};
