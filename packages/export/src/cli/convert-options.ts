import type { Precision } from '@mien/contract';
import { Option, type Command } from 'commander';
import type { InputShapes } from '../graph-model/declare-inputs.ts';
import type { Extreme } from '../precision/observe-values.ts';
import { OPSET } from '../write/write-onnx.ts';
import {
  parseBytes,
  parseDivisors,
  parseNumbers,
  parseOpset,
  parseRange,
  parseShape,
} from './option-values.ts';
import { addPrecisionOptions } from './precision-options.ts';

/** What the command line says of a conversion. */
export interface ConvertOptions {
  readonly out?: string;
  readonly opset: number;
  readonly channelsFirst: boolean;
  readonly shape: InputShapes;
  readonly verify: boolean;
  readonly report?: string;
  readonly verbose: boolean;
  readonly precision?: readonly Precision[];
  readonly calibrate?: string;
  readonly ranges?: string;
  readonly floatLayers: number;
  readonly errorTarget: number;
  /** From how many bytes on weights go into a file of their own; none do where not given. */
  readonly externalData?: number;
  readonly triton?: string;
  readonly labels?: string;
  readonly inputRange?: Extreme;
  readonly inputMean?: readonly number[];
  readonly inputStd?: readonly number[];
}

/** Adds the option that sizes which a model leaves open are said with. */
export const addShapeOption = (command: Command): Command =>
  command.addOption(
    new Option(
      '--shape <name=sizes>',
      'sizes of an input that the model leaves open, ? for those that stay so',
    )
      .default({}, 'as in the model')
      .argParser(parseShape),
  );

const addInputOptions = (command: Command): Command =>
  command
    .option('--input-range <low..high>', "what pixels are in the model's input (default: 0..255)", parseRange)
    .option('--input-mean <list>', 'then taken off, one for all channels or one for each', parseNumbers)
    .option('--input-std <list>', 'then divided by, likewise', parseDivisors);

/** Adds all options of a conversion. */
export const addConvertOptions = (command: Command): Command => {
  command
    .option('-o, --out <file>', 'the ONNX file to write (default: model.onnx)')
    .addOption(new Option('--opset <number>', "ONNX's operator set").default(OPSET).argParser(parseOpset))
    .addOption(
      new Option(
        '--external-data [limit]',
        'keep weights of this size or more, e.g. 1MB, in FILE.data beside the ONNX file',
      )
        .preset('1KiB')
        .argParser(parseBytes),
    )
    .option(
      '--triton <folder>',
      'write a Triton model repository: instead of -o, or beside it where both are given',
    )
    .option(
      '--labels <file>',
      "for --triton: class names, one a line or a JSON list (default: those of the model's card.json)",
    )
    .option('--channels-first', 'take and give images as [N, C, H, W] instead of [N, H, W, C]', false);
  addShapeOption(command)
    .option('--verify', 'run the graph and the model on random inputs and compare them', false)
    .option('--report <file>', 'write what was converted, compared and measured as JSON')
    .option('--verbose', 'show the stack trace of an error', false);
  addInputOptions(addPrecisionOptions(command)).option(
    '--ranges <file>',
    'what calibration found: written with --calibrate, read without, for the same int8 graph again',
  );
  return command;
};
