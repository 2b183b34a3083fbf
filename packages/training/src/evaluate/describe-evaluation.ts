import { formatCount, formatPercent } from '../report/format-figures.ts';
import type { ScoredSplit } from './evaluate-model.ts';
import { textTable } from './text-table.ts';

/** Letters of a class's name over a column of the confusion matrix. */
const COLUMN_LETTERS = 7;

const shortened = (label: string): string =>
  label.length <= COLUMN_LETTERS ? label : `${label.slice(0, COLUMN_LETTERS - 1)}…`;

const keyFigures = ({ evaluation }: ScoredSplit): string => {
  const [low, high] = evaluation.accuracyInterval95;
  return textTable(
    [
      [
        'accuracy',
        formatPercent(evaluation.accuracy),
        `95 % interval ${formatPercent(low)} – ${formatPercent(high)}`,
      ],
      ['macro-F1', formatPercent(evaluation.macroF1), 'mean over the classes'],
      ['ECE', formatPercent(evaluation.ece), 'calibration error, 15 bins'],
    ],
    ['left', 'right', 'left'],
  );
};

const classTable = ({ evaluation }: ScoredSplit): string =>
  textTable([
    ['class', 'precision', 'recall', 'F1', 'images'],
    ...evaluation.perClass.map(({ label, precision, recall, f1, support }) => [
      label,
      ...[precision, recall, f1].map((score) => formatPercent(score)),
      formatCount(support),
    ]),
  ]);

const confusionTable = ({ evaluation }: ScoredSplit): string => {
  const labels = evaluation.perClass.map(({ label }) => label);
  return textTable([
    ['true ↓  named →', ...labels.map(shortened)],
    ...evaluation.confusion.map((row, index) => [labels[index] as string, ...row.map(formatCount)]),
  ]);
};

const confusionList = ({ confusions }: ScoredSplit): string =>
  textTable(
    confusions
      .slice(0, 5)
      .map(({ truth, predicted, count, shareOfTruth }) => [
        `${truth} → ${predicted}`,
        formatCount(count),
        `${formatPercent(shareOfTruth)} of ${truth}`,
      ]),
    ['left', 'right', 'left'],
  );

/** Puts how a model does into words and tables, for a terminal. Several lines, without a line feed at the end. */
export const describeEvaluation = (result: ScoredSplit, model: string): string => {
  const { evaluation, confusions } = result;
  const { dataset, split, protocol, samples } = evaluation;
  const parts = [
    `${model} on ${dataset}: ${formatCount(samples)} images of the ${split} split (${protocol})`,
    keyFigures(result),
    classTable(result),
    confusionTable(result),
    confusions.length === 0 ? 'No mistakes.' : `Most frequent mistakes\n${confusionList(result)}`,
  ];
  // Plain blanks, so that what is searched for in a log is found.
  return parts.join('\n\n').replaceAll('\u00A0', ' ');
};
