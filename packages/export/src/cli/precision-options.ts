import { MienError, type Precision } from '@mien/contract';
import { Option, type Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCalibration } from '../pictures/read-calibration.ts';
import { readLabelledPictures } from '../pictures/read-labelled-pictures.ts';
import type { PrecisionRequest } from '../folder/precision-request.ts';
import { parseActivationRanges, type ActivationRanges } from '../precision/activation-ranges.ts';
import { parseCount, parsePrecisions, parseShare } from './option-values.ts';

/** Where ranges are kept unless told otherwise: in the model's folder, as they belong to its weights. */
export const RANGES_FILE = 'activation-ranges.json';

/** What the options for precisions come to. */
export interface PrecisionOptions {
  readonly precision?: readonly Precision[];
  readonly calibrate?: string;
  readonly ranges?: string;
  readonly evaluate?: string;
  readonly report?: string;
  readonly floatLayers: number;
  readonly errorTarget: number;
}

/** A file of ranges that cannot be read. */
export class UnreadableRangesError extends MienError {
  override readonly name = 'UnreadableRangesError';
  constructor(
    readonly path: string,
    options: ErrorOptions,
  ) {
    const reason =
      (options.cause as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'there is no such file'
        : 'it cannot be read';
    super(
      `Cannot take activation ranges from ${path}: ${reason}. Make them with --calibrate and a folder of pictures.`,
      options,
    );
  }
}

/** An option that nothing was asked for to use. */
export class UnusedOptionError extends MienError {
  override readonly name = 'UnusedOptionError';
  constructor(
    readonly option: string,
    user = 'int8',
    wayOut = '--precision fp32,int8',
  ) {
    super(`${option} is for ${user}, which is not asked for. Add ${wayOut}, or leave ${option} out.`);
  }
}

/** Adds the options that say which precisions are written and how they are made. */
export const addPrecisionOptions = (command: Command): Command =>
  command
    .option('--precision <list>', 'fp32, fp16, int8, with commas between (default: fp32)', parsePrecisions)
    .option(
      '--calibrate <pictures>',
      'for int8: a folder of pictures like those that the model will see, or a tensor file (.pb) of inputs',
    )
    .addOption(
      new Option('--float-layers <count>', 'how many layers int8 may keep in float')
        .default(2)
        .argParser(parseCount),
    )
    .addOption(
      new Option(
        '--error-target <error>',
        "int8's mean difference from fp32 at which it keeps no more layers in float",
      )
        .default(0.005)
        .argParser(parseShare),
    );

/** Adds what can be said of the precisions of a trained model, whose labels are known. */
export const addTrainedModelOptions = (command: Command): Command =>
  command
    .option(
      '--ranges <file>',
      'what calibration found: written with --calibrate, read without ' +
        `(default: ${RANGES_FILE} in the model folder)`,
    )
    .option('--evaluate <folder>', 'pictures in folders named after their labels: scores every precision')
    .option('--report <file>', 'gets the table of the precisions and all that was tried, as JSON');

/**
 * Reads what an earlier calibration found.
 *
 * @throws {UnreadableRangesError} when there is no such file.
 * @throws {InvalidRangesError} when it holds something else.
 */
export const readRanges = async (path: string): Promise<ActivationRanges> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UnreadableRangesError(path, { cause: error });
  }
  return parseActivationRanges(text, path);
};

/** The file that ranges are written to or read from. */
export const rangesPath = ({ ranges }: PrecisionOptions, modelFolder: string): string =>
  ranges ?? join(modelFolder, RANGES_FILE);

const rangesFor = async (
  options: PrecisionOptions,
  modelFolder: string,
): Promise<ActivationRanges | undefined> => {
  if (options.calibrate !== undefined || options.precision?.includes('int8') !== true) return undefined;
  try {
    return await readRanges(rangesPath(options, modelFolder));
  } catch (error) {
    // Nobody spoke of a file: what is missing then is said by the export.
    if (options.ranges === undefined && error instanceof UnreadableRangesError) return undefined;
    throw error;
  }
};

/**
 * Turns options into a request.
 *
 * @param report is told what the readers of pictures have to say.
 * @throws {UnusedOptionError} when they speak of calibration and int8 is not asked for.
 * @throws {UnreadableRangesError} when --ranges names a file that cannot be read.
 * @throws {InvalidRangesError} when the file holds something else.
 */
export const precisionRequest = async (
  options: PrecisionOptions,
  modelFolder: string,
  report: (line: string) => void,
): Promise<PrecisionRequest> => {
  const { precision = ['fp32'], calibrate, ranges, evaluate, floatLayers, errorTarget } = options;
  if (!precision.includes('int8')) {
    if (calibrate !== undefined) throw new UnusedOptionError('--calibrate');
    if (ranges !== undefined) throw new UnusedOptionError('--ranges');
  }
  return {
    precisions: precision,
    ranges: await rangesFor(options, modelFolder),
    ...(calibrate === undefined
      ? {}
      : { readCalibration: (input) => readCalibration(calibrate, input, report) }),
    ...(evaluate === undefined
      ? {}
      : { readEvaluation: (input, heads) => readLabelledPictures(evaluate, input, heads, report) }),
    floatBudget: floatLayers,
    errorTarget,
  };
};
