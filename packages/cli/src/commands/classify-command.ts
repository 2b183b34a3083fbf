import { describeError } from '@mien/contract';
import { createClassifier, DEVICES, type Classifier, type Device } from '@mien/infer-node';
import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { reportForPeople, reportJson, type ImageOutcome } from '../classify/report-images.ts';
import { EXIT } from '../exit-codes.ts';
import { givenFields } from '../run/given-fields.ts';
import { mapInOrder } from '../run/map-in-order.ts';
import { Screen } from '../terminal/screen.ts';
import { createStyle } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { parseCount } from './option-values.ts';

interface Flags {
  readonly model?: string;
  readonly card?: string;
  readonly device: Device;
  readonly workers: number;
  readonly json?: true;
  readonly verbose?: true;
}

const EXAMPLES = `
Examples:
  mien classify face.png
  mien classify --model dist/training/residual/onnx --json faces/*.png
  mien classify --device webgpu face.jpg

Each picture holds one face, cropped. Exit code: 0, 1 if a picture failed, 2 for a wrong command line.`;

/** Pictures under way for each thread: one is decoded while another runs. */
const AT_ONCE_PER_WORKER = 2;

const classifyEach = (
  classifier: Classifier,
  images: readonly string[],
  { cwd, workers }: { readonly cwd: string; readonly workers: number },
): AsyncIterable<ImageOutcome> =>
  mapInOrder(images, workers * AT_ONCE_PER_WORKER, async (image) => {
    try {
      return { image, reading: await classifier.classify(resolve(cwd, image)) };
    } catch (error) {
      return { image, error: error instanceof Error ? error : new Error(String(error)) };
    }
  });

const classify = async (images: readonly string[], flags: Flags, terminal: Terminal): Promise<number> => {
  const { cwd, stdout, allowsColour } = terminal;
  const { device, workers } = flags;
  const verbose = flags.verbose === true;
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(cwd, path);
  const started = performance.now();
  await using classifier = await createClassifier({
    device,
    workers,
    ...givenFields({ model: absolute(flags.model), card: absolute(flags.card) }),
  });
  const loaded = performance.now();
  const screen = new Screen({ terminal, showsProgress: false });
  const outcomes = classifyEach(classifier, images, { cwd, workers });
  const style = createStyle(stdout.isTTY === true && allowsColour);
  const allWell =
    flags.json === true
      ? await reportJson(classifier, outcomes, screen)
      : await reportForPeople(classifier, outcomes, { screen, style, cwd, verbose });
  if (verbose) {
    const seconds = (from: number, to: number): string => `${((to - from) / 1000).toFixed(2)} s`;
    const took = seconds(loaded, performance.now());
    screen.note(`Loaded in ${seconds(started, loaded)}, ${images.length} pictures in ${took}`);
  }
  return allWell ? EXIT.ok : EXIT.failed;
};

/** Adds `classify` to the command line `mien`, for pictures that are one cropped face each. */
export const addClassifyCommand = (program: Command, terminal: Terminal): void => {
  program
    .command('classify')
    .description('Reads pictures that are one cropped face each.')
    .argument('<images...>', 'JPEG, PNG, WebP, GIF, AVIF or TIFF files')
    .option(
      '--model <path>',
      'an ONNX file or the folder of model.onnx (default: the model that ships with Mien)',
    )
    .option('--card <path>', "the model's card (default: NAME.card.json beside NAME.onnx)")
    .addOption(new Option('--device <name>', 'where to run').choices(DEVICES).default('cpu'))
    .option('--workers <count>', 'threads that classify', parseCount, 1)
    .option('--json', 'print one JSON document with every probability')
    .option('--verbose', 'print times, the self-test, and stack traces')
    .addHelpText('after', EXAMPLES)
    .action(async (images: readonly string[], flags: Flags) => {
      try {
        process.exitCode = await classify(images, flags, terminal);
      } catch (error) {
        const said = describeError(error, { verbose: flags.verbose === true });
        terminal.stderr.write(`${said}\n`);
        process.exitCode = EXIT.failed;
      }
    });
};
