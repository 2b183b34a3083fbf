import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { headsOf, parseTrainedModelCard, type Evaluation, type TrainedModelCard } from '@mien/contract';
import { Command } from 'commander';
import type { BackendName } from '../backend/select-backend.ts';
import { textTable } from '../evaluate/text-table.ts';
import type { FitOptions } from '../fit/fit-options.ts';
import { InterruptedError } from '../fit/interrupted-error.ts';
import { planRun } from '../fit/plan-run.ts';
import { readReproduction, type Stage } from '../fit/reproduction.ts';
import { backendOption, cacheDirOption, newCodeOption } from './command-options.ts';
import { commandOutput } from './command-output.ts';
import { currentFingerprint } from './current-fingerprint.ts';
import type { ConsoleProgress } from './console-progress.ts';
import { formatPercent } from './format-progress.ts';
import { parseWholeNumber } from './option-values.ts';
import { stopOnSignals } from './stop-on-signals.ts';

interface Given {
  readonly data: string;
  readonly votes: string;
  readonly model: string;
  readonly out: string;
  readonly backend: BackendName;
  readonly workers: number;
  readonly cacheDir: string;
  readonly fresh?: true;
  readonly acceptNewCode?: true;
}

const readCard = async (folder: string): Promise<TrainedModelCard> => {
  const file = join(folder, 'card.json');
  return parseTrainedModelCard(JSON.parse(await readFile(file, 'utf8')), file);
};

/** Runs one stage, goes on with one that was stopped, or takes one that is done already. */
const runStage = async (
  options: FitOptions,
  folder: string,
  given: Given,
  progress: ConsoleProgress,
): Promise<void> => {
  const mode = given.fresh === true ? 'fresh' : 'resume';
  const fingerprint = () => currentFingerprint(folder, options, given.cacheDir);
  if ((await planRun({ folder, options, mode, fingerprint })) === 'up-to-date') {
    progress.line(`${folder} is done already.`);
    return;
  }
  const { backend, workers, cacheDir, acceptNewCode } = given;
  const { fit } = await import('../fit/fit.ts');
  const { signal, observer } = stopOnSignals(progress);
  try {
    await fit({
      options,
      out: folder,
      mode,
      acceptsNewCode: acceptNewCode,
      backend,
      workers,
      cacheDir,
      signal,
      observer,
    });
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    const { epoch, step, stepsPerEpoch } = error;
    throw new InterruptedError(epoch, step, stepsPerEpoch, 'Go on with the same command.');
  }
};

const figuresOf = (card: TrainedModelCard): [name: string, evaluation: Evaluation][] =>
  headsOf(card).flatMap(({ output, evaluation }, index) =>
    evaluation.map((scored): [string, Evaluation] => [
      `${index === 0 ? 'main head' : output}, ${scored.split} (${scored.protocol}, ${scored.samples})`,
      scored,
    ]),
  );

/** Both cards' figures side by side, row by row of the first. */
const compareCards = (shipped: TrainedModelCard, again: TrainedModelCard): string => {
  const theirs = new Map(figuresOf(again));
  const cells = (scored: Evaluation | undefined): string[] =>
    scored === undefined
      ? ['–', '–', '–']
      : [formatPercent(scored.accuracy), scored.macroF1.toFixed(3), formatPercent(scored.ece)];
  return textTable([
    ['', 'shipped', 'macro-F1', 'ECE', 'again', 'macro-F1', 'ECE'],
    ...figuresOf(shipped).map(([name, scored]) => [name].concat(cells(scored), cells(theirs.get(name)))),
  ]);
};

/** What a stage takes from the one before. */
const startFrom = (
  before: string | undefined,
  { settings }: Stage,
): Pick<FitOptions, 'init' | 'teachers'> => {
  if (before === undefined) return {};
  return { init: before, ...((settings.distillation ?? 0) > 0 ? { teachers: [before] } : {}) };
};

const run = async (given: Given, command: Command): Promise<void> => {
  const { shared, stages } = await readReproduction(given.model, given);
  const shipped = await readCard(given.model);
  const { progress } = commandOutput(command, 'stdout');
  let before: string | undefined;
  for (const [index, stage] of stages.entries()) {
    const folder = index === stages.length - 1 ? given.out : `${given.out}-stage-${index + 1}`;
    if (stages.length > 1) progress.line(`Stage ${index + 1} of ${stages.length}`);
    await runStage({ ...shared, ...stage, ...startFrom(before, stage) }, folder, given, progress);
    before = folder;
  }
  progress.line(`\n${compareCards(shipped, await readCard(given.out))}\n\nModel  ${given.out}`);
};

/** The command that trains the shipped model again. */
export const reproduceCommand = (): Command =>
  new Command('reproduce')
    .description(
      'Trains the shipped model again from its recipe, and sets its figures beside those of the shipped one. ' +
        'Goes on where it was stopped.',
    )
    .requiredOption(
      '--data <path>',
      'FER2013: folder (split/class/image) or fer2013.csv; README.md says where to get it',
    )
    .requiredOption('--votes <csv>', 'FER+ votes: fer2013new.csv')
    .option('--model <folder>', 'the model to make again', join('packages', 'models', 'expression'))
    .option('--out <folder>', 'where everything goes', join('dist', 'training', 'reproduced'))
    .option('--fresh', 'start anew, whatever lies in the folder')
    .addOption(newCodeOption())
    .addOption(backendOption())
    .option('--workers <number>', 'threads that prepare images; 0: none', parseWholeNumber, 1)
    .addOption(cacheDirOption())
    .option('--verbose', 'stack traces with errors')
    .action(run);
