import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainedModelCard } from '@mien/contract';
import { Command } from 'commander';
import type { BackendName } from '../backend/select-backend.ts';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import type { Split } from '../dataset/sample.ts';
import type { TrainedModelEvaluation } from '../evaluate/evaluate-trained-model.ts';
import type { EpochRecord } from '../fit/history.ts';
import { writeAtomically } from '../fit/write-atomically.ts';
import { addScoredDataOptions, backendOption, cacheDirOption, headOption } from './command-options.ts';
import { commandOutput } from './command-output.ts';
import type { ConsoleProgress } from './console-progress.ts';
import { loadScoredData, type ScoredDataOptions } from './load-scored-data.ts';
import { overlapWarning } from './overlap-warning.ts';

/** What commander makes of the options. */
interface Given extends ScoredDataOptions {
  readonly model: string;
  readonly split?: Split;
  readonly head?: string;
  readonly flip?: true;
  readonly backend: BackendName;
  readonly json?: string;
  readonly report?: string;
}

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

/** Loaded when the command runs: TensorFlow.js is not needed to parse a command line. */
const loadParts = async () => ({
  ...(await import('../backend/select-backend.ts')),
  ...(await import('../evaluate/choose-head.ts')),
  ...(await import('../evaluate/describe-evaluation.ts')),
  ...(await import('../evaluate/evaluate-trained-model.ts')),
  ...(await import('../evaluate/load-trained-model.ts')),
});

const run = async (given: Given, command: Command): Promise<void> => {
  const parts = await loadParts();
  const { writeOut, progress } = commandOutput(command);
  const backend = await parts.selectBackend(given.backend);
  const trained = await parts.loadTrainedModel(given.model);
  // Before the images are read, which may take long.
  parts.chooseHead(trained.card, given.head);
  const dataset = await loadScoredData({ options: given, card: trained.card, progress });
  const scored = await parts.evaluateTrainedModel({
    trained,
    dataset,
    ...(given.split === undefined ? {} : { split: given.split }),
    head: given.head,
    averagesMirrored: given.flip === true,
    onProgress: ({ done, total }) => progress.onDataset({ done, total, what: 'looking at images' }),
  });
  await writeResults(given, trained.card, dataset, scored, progress);
  progress.line(`Scored with ${backend.description}.`);
  writeOut(`\n${parts.describeEvaluation(scored.result, trained.card.name)}\n\n`);
  const warning = overlapWarning(scored.overlap);
  if (warning !== undefined) progress.line(warning);
  for (const file of [given.json, given.report]) if (file !== undefined) progress.line(`Written: ${file}`);
};

const EXAMPLES = `
Examples:
  $ npx nx run training:evaluate -- --model dist/training/built-in
  $ npx nx run training:evaluate -- --model packages/models/expression --data ~/fer2013 --head fer2013 --flip
  $ npx nx run training:evaluate -- --model dist/training/residual --data ~/fer2013 --votes ~/fer2013new.csv --protocol strict --split validation
`;

const addModelOptions = (command: Command): Command =>
  command
    .optionsGroup('Model:')
    .addOption(headOption())
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
  return addRunOptions(addModelOptions(addScoredDataOptions(command)))
    .addHelpText('after', EXAMPLES)
    .action(run);
};
