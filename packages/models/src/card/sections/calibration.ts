import type { TrainedModelCard } from '@mien/contract';
import { score } from '../format-figures.ts';
import { markdownTable } from '../markdown-table.ts';

/** How far the probabilities can be taken at their word, for each output. */
export const calibrationSection = (
  heads: readonly { readonly output: string; readonly calibration: TrainedModelCard['calibration'] }[],
): string =>
  [
    '## Calibration',
    'Of the readings with a probability of 70 %, about 70 % should be right. The expected calibration error (ECE) says ' +
      'by how much they miss that on average. One temperature for each output, fitted after training, is inside the graph.',
    markdownTable(
      [
        { title: 'Output' },
        { title: 'Temperature', align: 'right' },
        { title: 'Fitted on' },
        { title: 'ECE before', align: 'right' },
        { title: 'ECE after', align: 'right' },
      ],
      heads.map(({ output, calibration: { temperature, fittedOn, eceBefore, eceAfter } }) => [
        output,
        score(temperature),
        fittedOn,
        score(eceBefore),
        score(eceAfter),
      ]),
    ),
  ].join('\n\n');
