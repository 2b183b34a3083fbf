import { describeError } from '@mien/contract';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createClassifier, type Classifier } from '../create-classifier.ts';
import { DEVICES, type Device } from '../session/device.ts';
import { reportForPeople, reportJson, type ImageOutcome } from './report.ts';
import type { Terminal } from './terminal.ts';

interface Flags {
  readonly model?: string;
  readonly card?: string;
  readonly device: Device;
  readonly workers: number;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** Exit codes: all went well, something failed, the command line itself is wrong. */
const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

const EXAMPLES = `
Examples:
  npx nx run infer-node:classify -- face.png
  npx nx run infer-node:classify -- --model dist/training/residual/onnx --json faces/*.png
  npx nx run infer-node:classify -- --device webgpu face.jpg

Each picture holds one face, cropped. Exit code: 0, 1 if a picture failed, 2 for a wrong command line.`;

const parseWorkers = (value: string): number => {
  if (/^[1-9]\d*$/u.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number from 1.');
};

const createCommand = (terminal: Terminal): Command =>
  new Command('classify')
    .description('Reads the expression in pictures of one face each.')
    .argument('<images...>', 'JPEG, PNG, WebP, GIF, AVIF or TIFF files')
    .option(
      '--model <path>',
      'an ONNX file or the folder of model.onnx (default: the model that ships with Mien)',
    )
    .option('--card <path>', "the model's card (default: NAME.card.json beside NAME.onnx)")
    .addOption(new Option('--device <name>', 'where to run').choices(DEVICES).default('cpu'))
    .option('--workers <count>', 'threads that classify', parseWorkers, 1)
    .option('--json', 'print one JSON document with every probability', false)
    .option('--verbose', 'print times, the self-test, and stack traces', false)
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('Run with --help for usage.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.print, writeErr: terminal.printError });

const classifyAll = (
  classifier: Classifier,
  images: readonly string[],
  cwd: string,
): Promise<ImageOutcome>[] =>
  images.map(async (image) => {
    try {
      return { image, reading: await classifier.classify(resolve(cwd, image)) };
    } catch (error) {
      return { image, error: error instanceof Error ? error : new Error(String(error)) };
    }
  });

const classify = async (images: readonly string[], flags: Flags, terminal: Terminal): Promise<number> => {
  const { cwd, printError } = terminal;
  const { device, workers, json, verbose } = flags;
  const started = performance.now();
  await using classifier = await createClassifier({
    device,
    workers,
    ...(flags.model === undefined ? {} : { model: resolve(cwd, flags.model) }),
    ...(flags.card === undefined ? {} : { card: resolve(cwd, flags.card) }),
  });
  const loaded = performance.now();
  const outcomes = classifyAll(classifier, images, cwd);
  const allWell = json
    ? await reportJson(classifier, outcomes, terminal)
    : await reportForPeople(classifier, outcomes, { ...terminal, verbose });
  if (verbose) {
    const seconds = (from: number, to: number): string => `${((to - from) / 1000).toFixed(2)} s`;
    const took = seconds(loaded, performance.now());
    printError(`Loaded in ${seconds(started, loaded)}, ${images.length} pictures in ${took}\n`);
  }
  return allWell ? EXIT.ok : EXIT.failed;
};

/**
 * Runs `classify` as a command line.
 *
 * @param args what follows the command's name.
 * @returns the exit code.
 */
export const runClassifyCommand = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const command = createCommand(terminal);
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
  const flags = command.opts<Flags>();
  try {
    return await classify(command.args, flags, terminal);
  } catch (error) {
    terminal.printError(`${describeError(error, { verbose: flags.verbose })}\n`);
    return EXIT.failed;
  }
};
