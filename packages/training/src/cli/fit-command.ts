import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTrainedModelCard } from '@mien/contract';
import { Command, Option } from 'commander';
import { loadDataset } from '../dataset/load-dataset.ts';
import type { FitParams } from '../fit/fit.ts';
import type { FitOptions, GivenSettings } from '../fit/fit-options.ts';
import { InterruptedError } from '../fit/interrupted-error.ts';
import { outputFolder } from '../fit/output-folder.ts';
import { planRun, type RunMode } from '../fit/plan-run.ts';
import { LOSSES, OPTIMIZERS, SCHEDULES } from '../fit/recipe.ts';
import { ConsoleProgress } from './console-progress.ts';
import { describeResult } from './describe-result.ts';
import { parseAugment, parseNumber, parseWholeNumber } from './option-values.ts';
import { resumeCommand } from './resume-command.ts';

/** What commander makes of the options. */
interface Given {
  readonly data?: string;
  readonly votes?: string;
  readonly protocol?: 'majority' | 'strict';
  readonly arch: string;
  readonly epochs?: number;
  readonly steps?: number;
  readonly batch?: number;
  readonly validationSteps?: number;
  readonly optimizer?: GivenSettings['optimizer'];
  readonly lr?: number;
  readonly momentum?: number;
  readonly schedule?: GivenSettings['schedule'];
  readonly warmup?: number;
  readonly decayEvery?: number;
  readonly decayFactor?: number;
  readonly weightDecay?: number;
  readonly loss?: GivenSettings['loss'];
  readonly labelSmoothing?: number;
  readonly ema?: number;
  readonly patience?: number;
  readonly stopAt?: number;
  readonly augment?: GivenSettings['augment'];
  readonly crop?: number;
  readonly mixup?: number;
  readonly workers: number;
  readonly seed: number;
  readonly backend: NonNullable<FitParams['backend']>;
  readonly out?: string;
  readonly resume?: true;
  readonly fresh?: true;
  readonly cacheDir: string;
  readonly verbose?: true;
}

/** Where decoded images are kept, beside the other caches of installed packages. */
const CACHE_DIR = join('node_modules', '.cache', 'mien');

const settingsOf = (given: Given): GivenSettings => {
  const all = {
    epochs: given.epochs,
    stepsPerEpoch: given.steps,
    batchSize: given.batch,
    validationSteps: given.validationSteps,
    optimizer: given.optimizer,
    learningRate: given.lr,
    momentum: given.momentum,
    schedule: given.schedule,
    warmupEpochs: given.warmup,
    decayEveryEpochs: given.decayEvery,
    decayFactor: given.decayFactor,
    weightDecay: given.weightDecay,
    loss: given.loss,
    labelSmoothing: given.labelSmoothing,
    emaDecay: given.ema,
    patience: given.patience,
    stopAtAccuracy: given.stopAt,
    augment: given.augment,
    cropPx: given.crop,
    mixupAlpha: given.mixup,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

const optionsOf = (given: Given): FitOptions => ({
  ...(given.data === undefined ? {} : { data: given.data }),
  ...(given.votes === undefined ? {} : { votes: given.votes }),
  ...(given.protocol === undefined ? {} : { protocol: given.protocol }),
  architecture: given.arch,
  seed: given.seed,
  settings: settingsOf(given),
});

const modeOf = ({ resume, fresh }: Given): RunMode => {
  if (fresh === true) return 'fresh';
  return resume === true ? 'resume' : 'new';
};

/** The fingerprint of the data as it is now, in the geometry of the model that lies in the folder. */
const currentFingerprint = async (folder: string, options: FitOptions, cacheDir: string): Promise<string> => {
  const { data, votes, protocol, seed } = options;
  const card = parseTrainedModelCard(JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')));
  const dataset = await loadDataset({ data, votes, protocol, geometry: card.input, seed, cacheDir });
  return dataset.fingerprint;
};

/** Ends a run after its step at the first Ctrl-C or SIGTERM, and the process at the second. */
const listenForStop = (progress: ConsoleProgress): AbortSignal => {
  const controller = new AbortController();
  const stop = (): void => {
    // oxlint-disable-next-line unicorn/no-process-exit -- somebody insists
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
    progress.line('Stopping after this step; once more stops at once.');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
};

const run = async (given: Given): Promise<void> => {
  const options = optionsOf(given);
  const { cacheDir, out, backend, workers } = given;
  const mode = modeOf(given);
  const folder = outputFolder({ ...options, out });
  const plan = await planRun({
    folder,
    options,
    mode,
    // The built-in faces follow from the code and the seed, which are compared already.
    fingerprint: async (record) =>
      options.data === undefined ? record.data : currentFingerprint(folder, options, cacheDir),
  });
  if (plan === 'up-to-date') {
    process.stdout.write(`${folder} is up to date: same options, data and code. --fresh trains it again.\n`);
    return;
  }
  const progress = new ConsoleProgress(process.stdout);
  const signal = listenForStop(progress);
  const { fit } = await import('../fit/fit.ts');
  try {
    const result = await fit({
      ...options,
      ...(out === undefined ? {} : { out }),
      mode,
      backend,
      workers,
      cacheDir,
      signal,
      observer: progress,
    });
    for (const line of describeResult(result)) progress.line(line);
  } catch (error) {
    if (error instanceof InterruptedError)
      progress.line(`Go on with: ${resumeCommand(process.argv.slice(3))}`);
    throw error;
  }
};

const addDataOptions = (command: Command): Command =>
  command
    .optionsGroup('Data:')
    .option(
      '--data <path>',
      'folder (class/image or split/class/image) or fer2013.csv; default: built-in drawn faces',
    )
    .option('--votes <csv>', 'FER+ votes (fer2013new.csv): soft labels over 8 emotions')
    .addOption(
      new Option('--protocol <name>', 'which voted images count when scoring').choices([
        'majority',
        'strict',
      ]),
    );

const addModelOptions = (command: Command): Command =>
  command
    .optionsGroup('Model:')
    .option('--arch <name>', 'document or residual', 'document')
    .option('--seed <number>', 'decides weights, order and augmentation', parseWholeNumber, 1);

const addTrainingOptions = (command: Command): Command =>
  command
    .optionsGroup("Training (defaults: the architecture's recipe):")
    .option('--epochs <number>', 'at most so many epochs', parseWholeNumber)
    .option('--steps <number>', 'steps per epoch; default: one pass over the images', parseWholeNumber)
    .option('--batch <number>', 'images per step', parseWholeNumber)
    .option(
      '--validation-steps <number>',
      'batches looked at after each epoch; default: all',
      parseWholeNumber,
    )
    .addOption(new Option('--optimizer <name>', 'how weights follow gradients').choices(OPTIMIZERS))
    .option('--lr <rate>', 'peak learning rate', parseNumber)
    .option('--momentum <number>', 'for momentum and nesterov', parseNumber)
    .addOption(new Option('--schedule <name>', 'how the learning rate falls').choices(SCHEDULES))
    .option('--warmup <epochs>', 'epochs over which the learning rate rises', parseNumber)
    .option('--decay-every <epochs>', 'for the step schedule: epochs between drops', parseNumber)
    .option('--decay-factor <number>', 'for the step schedule: what a drop multiplies by', parseNumber)
    .option('--weight-decay <number>', 'on kernels; decoupled for adamw', parseNumber)
    .addOption(new Option('--loss <name>', 'what is minimised').choices(LOSSES))
    .option('--label-smoothing <share>', 'share of each target spread over all classes', parseNumber)
    .option('--ema <decay>', 'evaluate and save averaged weights, e.g. 0.999; 0 is off', parseNumber)
    .option('--patience <epochs>', 'stop after so many epochs without progress; 0 is never', parseWholeNumber)
    .option('--stop-at <accuracy>', 'stop once the validation accuracy is this high, e.g. 0.97', parseNumber);

const addAugmentOptions = (command: Command): Command =>
  command
    .optionsGroup('Augmentation:')
    .option('--augment <what>', 'none, document, residual, a JSON object or a .json file', parseAugment)
    .option('--crop <pixels>', 'train on random crops of this size (residual)', parseWholeNumber)
    .option('--mixup <alpha>', 'mix pairs of images, Beta(alpha, alpha); 0 is off', parseNumber);

const addRunOptions = (command: Command): Command =>
  command
    .optionsGroup('Run:')
    .addOption(
      new Option('--backend <name>', 'what computes')
        .choices(['auto', 'tensorflow', 'webgpu', 'wasm', 'cpu'])
        .default('auto'),
    )
    .option('--workers <number>', 'threads that prepare images; 0: none', parseWholeNumber, 1)
    .option('--out <folder>', 'where everything goes; default: below dist/training')
    .addOption(new Option('--resume', 'go on with an unfinished run').conflicts('fresh'))
    .option('--fresh', 'start anew, whatever lies in the folder')
    .option('--cache-dir <folder>', 'decoded images', CACHE_DIR)
    .option('--verbose', 'stack traces with errors');

const EXAMPLES = `
Examples:
  $ npx nx run training:fit
  $ npx nx run training:fit -- --data ~/faces --arch residual --epochs 60
  $ npx nx run training:fit -- --data ~/fer2013 --votes ~/fer2013new.csv --protocol strict --arch residual
`;

/** The command that trains a model. */
export const fitCommand = (): Command => {
  const command = new Command('fit').description(
    'Trains a model and writes it, its card and a report into a folder of its own.',
  );
  for (const add of [addDataOptions, addModelOptions, addTrainingOptions, addAugmentOptions, addRunOptions]) {
    add(command);
  }
  return command.addHelpText('after', EXAMPLES).action(run);
};
