import type { Evaluation } from '@mien/contract';
import { percent, score, whole } from '../format-figures.ts';
import { markdownTable } from '../markdown-table.ts';

/** One head of the network, the main one or another, in the same form. */
export interface Head {
  readonly output: string;
  readonly labels: readonly string[];
  readonly evaluation: readonly Evaluation[];
}

const overviewTable = (evaluations: readonly Evaluation[]): string =>
  markdownTable(
    [
      { title: 'Data' },
      { title: 'Split' },
      { title: 'Scored' },
      { title: 'Faces', align: 'right' },
      { title: 'Accuracy', align: 'right' },
      { title: '95 % interval', align: 'right' },
      { title: 'Macro-F1', align: 'right' },
      { title: 'Chosen on it' },
    ],
    evaluations.map(({ dataset, split, protocol, samples, ...figures }) => [
      dataset,
      split,
      protocol,
      whole(samples),
      percent(figures.accuracy),
      figures.accuracyInterval95.map(percent).join(' to '),
      score(figures.macroF1),
      figures.usedForSelection ? 'yes' : 'no',
    ]),
  );

const perClassTable = ({ perClass }: Evaluation): string =>
  markdownTable(
    [
      { title: 'Class' },
      { title: 'Faces', align: 'right' },
      { title: 'Recall', align: 'right' },
      { title: 'Precision', align: 'right' },
      { title: 'F1', align: 'right' },
    ],
    perClass.map(({ label, support, recall, precision, f1 }) => [
      label,
      whole(support),
      percent(recall),
      percent(precision),
      score(f1),
    ]),
  );

const confusionTable = ({ confusion }: Evaluation, labels: readonly string[]): string =>
  markdownTable(
    [{ title: 'is ↓ read as →' }, ...labels.map((title) => ({ title, align: 'right' as const }))],
    confusion.map((row, truth) => [labels[truth] ?? '', ...row.map(whole)]),
  );

/** The evaluation to look at closely: of the held-out ones the first, else the first. */
export const closestLook = (evaluations: readonly Evaluation[]): Evaluation | undefined =>
  evaluations.find(({ usedForSelection }) => !usedForSelection) ?? evaluations[0];

/** A head's figures: each scored split, then recall and confusion of one of them. */
export const headFigures = ({ output, labels, evaluation }: Head): string => {
  const chosen = closestLook(evaluation);
  const title = `### Output \`${output}\``;
  if (chosen === undefined) return `${title}\n\nNot scored.`;
  const { dataset, split, protocol } = chosen;
  return [
    title,
    overviewTable(evaluation),
    `Class by class, on the ${split} faces of ${dataset} (${protocol}):`,
    perClassTable(chosen),
    'Faces of each class (row) by what they were read as (column):',
    confusionTable(chosen, labels),
  ].join('\n\n');
};

/** Why figures on images that the model was chosen on are too good. */
export const SELECTION_NOTE =
  'Where a split says that the model was chosen on it, the best epoch and the temperature were picked on these very ' +
  'faces: such figures are a little too good.';
