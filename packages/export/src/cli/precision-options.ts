import { MienError, type Precision } from '@mien/contract';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCalibrationFaces } from '../faces/read-calibration-faces.ts';
import { readLabelledFaces } from '../faces/read-labelled-faces.ts';
import type { PrecisionRequest } from '../folder/precision-request.ts';
import { parseActivationRanges, type ActivationRanges } from '../precision/activation-ranges.ts';

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
      `Cannot take activation ranges from ${path}: ${reason}. Make them with --calibrate and a folder of faces.`,
      options,
    );
  }
}

/** int8's options without int8. */
export class UnusedOptionError extends MienError {
  override readonly name = 'UnusedOptionError';
  constructor(readonly option: string) {
    super(
      `${option} is for int8, which is not asked for. Add --precision fp32,int8, or leave ${option} out.`,
    );
  }
}

const PRECISIONS: readonly Precision[] = ['fp32', 'fp16', 'int8'];

const parsePrecisions = (text: string, before: readonly Precision[] | undefined): Precision[] => {
  const wanted = text.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !PRECISIONS.some((precision) => precision === name));
  if (unknown !== undefined) throw new InvalidArgumentError(`There are ${PRECISIONS.join(', ')}.`);
  return PRECISIONS.filter((precision) => wanted.includes(precision) || before?.includes(precision) === true);
};

const parseCount = (text: string): number => {
  if (!/^\d+$/u.test(text)) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(text);
};

const parseError = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('It must lie between 0 and 1, e.g. 0.005.');
  return value;
};

/** Adds the options that say which precisions are written and how they are made. */
export const addPrecisionOptions = (command: Command): Command =>
  command
    .option('--precision <list>', 'fp32, fp16, int8, with commas between (default: fp32)', parsePrecisions)
    .option('--calibrate <faces>', 'for int8: a folder of cropped faces, or a tensor file (.pb) of inputs')
    .option(
      '--ranges <file>',
      'what calibration found: written with --calibrate, read without ' +
        `(default: ${RANGES_FILE} in the model folder)`,
    )
    .option('--evaluate <folder>', 'faces in folders named after their labels: scores every precision')
    .option('--report <file>', 'gets the table of the precisions and all that was tried, as JSON')
    .addOption(
      new Option('--float-layers <count>', 'how many layers int8 may keep in float')
        .default(2)
        .argParser(parseCount),
    )
    .addOption(
      new Option(
        '--error-target <error>',
        'the mean difference of a probability at which int8 keeps no more in float',
      )
        .default(0.005)
        .argParser(parseError),
    );

const readRanges = async (path: string): Promise<ActivationRanges> => {
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
      : { readCalibration: (input) => readCalibrationFaces(calibrate, input, report) }),
    ...(evaluate === undefined
      ? {}
      : { readEvaluation: (input, heads) => readLabelledFaces(evaluate, input, heads, report) }),
    floatBudget: floatLayers,
    errorTarget,
  };
};
