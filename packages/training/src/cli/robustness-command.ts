import { Command } from 'commander';
import type { BackendName } from '../backend/select-backend.ts';
import type { Split } from '../dataset/sample.ts';
import { addScoredDataOptions, backendOption, cacheDirOption, headOption } from './command-options.ts';
import { commandOutput } from './command-output.ts';
import { loadScoredData, type ScoredDataOptions } from './load-scored-data.ts';
import { parsePositive } from './option-values.ts';
import { overlapWarning } from './overlap-warning.ts';

/** What commander makes of the options. */
interface Given extends ScoredDataOptions {
  readonly model: string;
  readonly split?: Split;
  readonly head?: string;
  readonly images?: number;
  readonly backend: BackendName;
  readonly writeCard?: true;
}

/** Loaded when the command runs: TensorFlow.js is not needed to parse a command line. */
const loadParts = async () => ({
  ...(await import('../backend/select-backend.ts')),
  ...(await import('../evaluate/choose-head.ts')),
  ...(await import('../evaluate/load-trained-model.ts')),
  ...(await import('../robustness/add-to-card.ts')),
  ...(await import('../robustness/corruptions.ts')),
  ...(await import('../robustness/describe-robustness.ts')),
  ...(await import('../robustness/score-robustness.ts')),
  ...(await import('../robustness/write-robustness.ts')),
});

const run = async (given: Given, command: Command): Promise<void> => {
  const parts = await loadParts();
  const { writeOut, progress } = commandOutput(command);
  const { model: folder, split, head, images: limit, writeCard } = given;
  const backend = await parts.selectBackend(given.backend);
  const trained = await parts.loadTrainedModel(folder);
  const { card } = trained;
  // Before the images are read, which may take long.
  parts.chooseHead(card, head);
  const dataset = await loadScoredData({ options: given, card, progress });
  const corruptions = parts.CORRUPTIONS;
  const { table, overlap } = await parts.scoreRobustness({
    trained,
    dataset,
    corruptions,
    split,
    head,
    limit,
    onProgress: (state) => progress.onDataset(state),
  });
  progress.line(`Scored with ${backend.description}.`);
  writeOut(`\n${parts.describeRobustness(table, card.name)}\n\n`);
  const files = await parts.writeRobustness({
    folder,
    card,
    table,
    corruptions,
    fingerprint: dataset.fingerprint,
    backend: backend.description,
  });
  if (writeCard === true) files.push(await parts.addToCard(folder, table));
  const warning = overlapWarning(overlap);
  if (warning !== undefined) progress.line(warning);
  for (const file of files) progress.line(`Written: ${file}`);
};

const DETAILS = `
Corruptions: blur, noise, JPEG, rotation, crop (the face's box is off), low light, occlusion; each mild, plain and severe.
What is drawn at random depends on the image alone: every model sees the same pictures.

Examples:
  $ npx nx run training:robustness -- --model dist/training/built-in
  $ npx nx run training:robustness -- --model dist/training/residual --data ~/fer2013 --votes ~/fer2013new.csv --protocol strict --split validation --write-card
`;

/** The command that scores a trained model on corrupted images. */
export const robustnessCommand = (): Command => {
  const command = new Command('robustness')
    .description('Scores a trained model on blurred, noisy, turned, dark and covered versions of the images.')
    .requiredOption('--model <folder>', 'what training wrote, e.g. dist/training/residual');
  return addScoredDataOptions(command)
    .optionsGroup('Scores:')
    .addOption(headOption())
    .option('--images <count>', 'look at so many images of the split; default: all', parsePositive)
    .option('--write-card', "put the figures into the model's card.json; export again to carry them on")
    .optionsGroup('Run:')
    .addOption(backendOption())
    .addOption(cacheDirOption())
    .option('--verbose', 'stack traces with errors')
    .addHelpText('after', DETAILS)
    .action(run);
};
