import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MienError, type TrainedModelCard } from '@mien/contract';
import { Command, Option, type OutputConfiguration } from 'commander';
import type { BackendName } from '../backend/select-backend.ts';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import { loadDataset } from '../dataset/load-dataset.ts';
import type { Protocol } from '../dataset/protocol.ts';
import { SPLITS, type Split } from '../dataset/sample.ts';
import type { TrainedModelEvaluation } from '../evaluate/evaluate-trained-model.ts';
import type { TrainingOverlap } from '../evaluate/training-overlap.ts';
import type { EpochRecord } from '../fit/history.ts';
import { writeAtomically } from '../fit/write-atomically.ts';
import { backendOption, cacheDirOption, protocolOption } from './command-options.ts';
import { ConsoleProgress } from './console-progress.ts';

/** What commander makes of the options. */
interface Given {
  readonly model: string;
  readonly data?: string;
  readonly votes?: string;
  readonly protocol?: Protocol;
  readonly split?: Split;
  readonly head?: string;
  readonly flip?: true;
  readonly backend: BackendName;
  readonly json?: string;
  readonly report?: string;
  readonly cacheDir: string;
}

/** A model of somebody's own images is to be scored, and it was not said where images are. */
export class DataNeededError extends MienError {
  override readonly name = 'DataNeededError';
  constructor(readonly trainedOn: string) {
    super(
      `The model was trained on "${trainedOn}", not on the built-in faces: say with --data what to score it on, ` +
        `and with --votes where FER+ votes are, if it was trained with them.`,
    );
  }
}

const WARNINGS: Readonly<Record<TrainingOverlap, string | undefined>> = {
  trained:
    'Warning: the model was trained on these images. The figures say nothing about new faces; score --split test or other data.',
  selected:
    'Warning: the best epoch and the calibration of this model were chosen on these images. Expect a little less on new faces.',
  none: undefined,
};

const loadScoredData = async (
  given: Given,
  { input, training }: TrainedModelCard,
  progress: ConsoleProgress,
): Promise<ImageDataset> => {
  const { data, votes, protocol, cacheDir } = given;
  if (data === undefined && training.dataset.kind !== 'synthetic')
    throw new DataNeededError(training.dataset.name);
  return loadDataset({
    data,
    votes,
    protocol,
    geometry: input,
    // The same seed divides a dataset without splits as training did.
    seed: training.seed,
    cacheDir,
    onProgress: (state) => progress.onDataset(state),
  });
};

/** The epochs of the run that made the model; none where their file has been left behind. */
const readHistory = async (dir: string, progress: ConsoleProgress): Promise<EpochRecord[]> => {
  const file = join(dir, 'history.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as EpochRecord[];
  } catch {
    progress.line(`The report has no training curves: ${file} cannot be read.`);
    return [];
  }
};

const writeResults = async (
  given: Given,
  card: TrainedModelCard,
  dataset: ImageDataset,
  { result, split }: TrainedModelEvaluation,
  progress: ConsoleProgress,
): Promise<void> => {
  const { json, report, model } = given;
  if (json !== undefined) {
    const { evaluation, confusions, reliability } = result;
    const content = {
      model: card.name,
      fingerprint: dataset.fingerprint,
      evaluation,
      confusions,
      reliability,
    };
    await writeAtomically(json, `${JSON.stringify(content, null, 2)}\n`);
  }
  if (report !== undefined) {
    const { writeReport } = await import('../report/write-report.ts');
    const title = `${card.name} on ${dataset.name}`;
    const history = await readHistory(model, progress);
    await writeReport({ file: report, title, card, history, result, split, skipped: dataset.skipped });
  }
};

const run = async (given: Given, command: Command): Promise<void> => {
  const [{ selectBackend }, { loadTrainedModel }, { evaluateTrainedModel }, { describeEvaluation }] =
    await Promise.all([
      import('../backend/select-backend.ts'),
      import('../evaluate/load-trained-model.ts'),
      import('../evaluate/evaluate-trained-model.ts'),
      import('../evaluate/describe-evaluation.ts'),
    ]);
  const { writeOut, writeErr } = command.configureOutput() as Required<OutputConfiguration>;
  const { isTTY, columns } = process.stderr;
  const progress = new ConsoleProgress({ write: writeErr, isTTY, columns });
  const backend = await selectBackend(given.backend);
  const trained = await loadTrainedModel(given.model);
  const dataset = await loadScoredData(given, trained.card, progress);
  const scored = await evaluateTrainedModel({
    trained,
    dataset,
    ...(given.split === undefined ? {} : { split: given.split }),
    head: given.head,
    averagesMirrored: given.flip === true,
    onProgress: ({ done, total }) => progress.onDataset({ done, total, what: 'looking at images' }),
  });
  await writeResults(given, trained.card, dataset, scored, progress);
  progress.line(`Scored with ${backend.description}.`);
  writeOut(`\n${describeEvaluation(scored.result, trained.card.name)}\n\n`);
  const warning = WARNINGS[scored.overlap];
  if (warning !== undefined) progress.line(warning);
  for (const file of [given.json, given.report]) if (file !== undefined) progress.line(`Written: ${file}`);
};

const EXAMPLES = `
Examples:
  $ npx nx run training:evaluate -- --model dist/training/built-in
  $ npx nx run training:evaluate -- --model packages/models/expression --data ~/fer2013 --head fer2013 --flip
  $ npx nx run training:evaluate -- --model dist/training/residual --data ~/fer2013 --votes ~/fer2013new.csv --protocol strict --split validation
`;

const addDataOptions = (command: Command): Command =>
  command
    .optionsGroup('Data:')
    .option('--data <path>', 'folder or fer2013.csv; default: built-in faces, for a model that knows those')
    .option('--votes <csv>', 'FER+ votes (fer2013new.csv)')
    .addOption(protocolOption('which voted images count'))
    .addOption(
      new Option('--split <name>', 'default: test where there is one, else validation').choices(SPLITS),
    );

const addModelOptions = (command: Command): Command =>
  command
    .optionsGroup('Model:')
    .option('--head <name>', 'another head than the main one, e.g. fer2013')
    .option('--flip', 'average every picture with its mirror image');

const addRunOptions = (command: Command): Command =>
  command
    .optionsGroup('Run:')
    .addOption(backendOption())
    .option('--json <file>', 'write the figures there')
    .option('--report <file>', 'write a page with charts and the worst mistakes there')
    .addOption(cacheDirOption())
    .option('--verbose', 'stack traces with errors');

/** The command that scores a trained model on a dataset. */
export const evaluateCommand = (): Command => {
  const command = new Command('evaluate')
    .description('Scores a trained model: accuracy, macro-F1, calibration, and what it takes for what.')
    .requiredOption('--model <folder>', 'what training wrote, e.g. dist/training/residual');
  return addRunOptions(addModelOptions(addDataOptions(command)))
    .addHelpText('after', EXAMPLES)
    .action(run);
};
