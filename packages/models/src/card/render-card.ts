import type { Evaluation, TrainedModelCard } from '@mien/contract';
import type { FileHash } from '../hashes/graph-hashes.ts';
import { codeList, percent, whole } from './format-figures.ts';
import { markdownTable } from './markdown-table.ts';
import { calibrationSection } from './sections/calibration.ts';
import { closestLook, headFigures, SELECTION_NOTE } from './sections/figures.ts';
import { precisionsSection } from './sections/precisions.ts';
import { RESTRICTIONS_SECTION } from './sections/restrictions.ts';
import { robustnessSection } from './sections/robustness.ts';
import { trainingSection } from './sections/training.ts';
import { weaknessesSection } from './sections/weaknesses.ts';

/** What the graph calls the main head's output. */
const MAIN_OUTPUT = 'probabilities';

const accuracyRow = (output: string, evaluation: readonly Evaluation[]): [string, string][] => {
  const scored = closestLook(evaluation);
  if (scored === undefined) return [];
  const { accuracy, samples, split, dataset, protocol } = scored;
  const where = `${whole(samples)} ${split} faces of ${dataset} (${protocol})`;
  return [[`\`${output}\` right`, `${percent(accuracy)} of ${where}`]];
};

const identity = (card: TrainedModelCard): string => {
  const { input, training, labels, otherHeads = [] } = card;
  const outputs = [{ output: MAIN_OUTPUT, labels, evaluation: card.evaluation }, ...otherHeads];
  return markdownTable(
    [{ title: '' }, { title: '' }],
    [
      [
        'Takes',
        `one cropped face, ${input.widthPx} × ${input.heightPx} pixels, ${input.colour}, bytes 0 to 255`,
      ],
      ...outputs.map(({ output, labels: classes }) => [`Gives \`${output}\``, codeList(classes)]),
      ['Network', `${training.architecture}, ${whole(training.parameters)} parameters`],
      ...outputs.flatMap(({ output, evaluation }) => accuracyRow(output, evaluation)),
    ],
  );
};

/**
 * Writes a model's card as a page for people.
 *
 * @param hashes the SHA-256 of each graph that is made of the model.
 * @returns Markdown.
 */
export const renderCard = (card: TrainedModelCard, hashes: readonly FileHash[]): string => {
  const main = { ...card, output: MAIN_OUTPUT };
  const heads = [main, ...(card.otherHeads ?? [])];
  const sections = [
    `# Model card: ${card.name}`,
    '<!-- Written from card.json by `npx nx run models:card`; change that instead. -->',
    'It tells what a face **looks like** in one picture. It does not tell what anybody feels: people smile in grief and ' +
      'frown in thought, and cultures differ in what a face shows.',
    identity(card),
    '## What it is for',
    card.intendedUse,
    ...weaknessesSection(card, main),
    RESTRICTIONS_SECTION,
    '## How good it is',
    SELECTION_NOTE,
    ...heads.map(headFigures),
    calibrationSection(heads),
    ...robustnessSection(card.robustness ?? [], MAIN_OUTPUT),
    ...precisionsSection(card.precisions ?? [], hashes),
    ...trainingSection(card.training),
    '## Licences',
    `- Weights: ${card.licence.weights}\n- Data: ${card.licence.data}\n- Code: Apache-2.0`,
  ];
  return `${sections.join('\n\n')}\n`;
};
