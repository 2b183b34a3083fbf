import { join } from 'node:path';
import { headsOf, type Evaluation } from '@mien/contract';
import type { FitResult } from '../fit/fit.ts';
import { formatDuration, formatPercent } from './format-progress.ts';

const describeEvaluation = (evaluation: Evaluation, name?: string): string => {
  const [low, high] = evaluation.accuracyInterval95;
  const split = evaluation.split === 'validation' ? 'Validation' : 'Test';
  return (
    `${split.padEnd(12)}${name === undefined ? '' : `${name}: `}` +
    `${formatPercent(evaluation.accuracy)} of ${evaluation.samples} faces ` +
    `(95 % interval ${formatPercent(low)} to ${formatPercent(high)}), macro-F1 ${evaluation.macroF1.toFixed(3)}, ` +
    `calibration error ${formatPercent(evaluation.ece)}`
  );
};

/** Puts a finished run into words: how good the model is, where it is, and what to do next. */
export const describeResult = ({ folder, card }: FitResult): string[] => {
  const figures = headsOf(card).flatMap(({ output, evaluation }, index) =>
    evaluation.map((scored) => describeEvaluation(scored, index === 0 ? undefined : output)),
  );
  return [
    '',
    ...figures,
    `${'Trained'.padEnd(12)}${card.training.epochs} epochs in ${formatDuration(card.training.seconds)}`,
    `${'Model'.padEnd(12)}${folder}`,
    `${'Report'.padEnd(12)}${join(folder, 'report.html')} (open it in a browser)`,
    `${'Next'.padEnd(12)}npx nx run export:onnx -- --model ${folder}`,
  ];
};
