import { curveChart } from '../charts/curve-chart.ts';
import { bestEpoch } from '../../fit/best-epoch.ts';
import type { EpochRecord } from '../../fit/history.ts';
import { figure, type KeyEntry } from '../figure.ts';
import { formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';

const BOTH: readonly KeyEntry[] = [
  { look: 'line-first', name: 'validation' },
  { look: 'line-second', name: 'training' },
];

/** The curves of a training run: loss, accuracy, macro-F1 and learning rate over the epochs; empty without epochs. */
export const curvesSection = async (history: readonly EpochRecord[]): Promise<Html> => {
  const best = bestEpoch(history);
  const last = history.at(-1);
  if (best === undefined || last === undefined) return html``;
  const epochs = history.map(({ epoch }) => epoch);
  const of = (field: keyof EpochRecord): number[] => history.map((record) => record[field] ?? Number.NaN);
  const pair = (validation: keyof EpochRecord, train: keyof EpochRecord) => [
    { name: 'training', values: of(train), style: 'second' as const },
    { name: 'validation', values: of(validation), style: 'first' as const },
  ];
  const lossText = `Validation loss ends at ${last.validationLoss.toFixed(3)}, training loss at ${last.trainLoss.toFixed(3)}.`;
  const accuracyText = `Kept: epoch ${best.epoch}, validation accuracy ${formatPercent(best.validationAccuracy)}.`;
  const f1Text = `Macro-F1 of the kept epoch: ${formatPercent(best.validationMacroF1)}.`;
  const single = (field: keyof EpochRecord) => [{ name: field, values: of(field), style: 'first' as const }];
  const [loss, accuracy, macroF1, learningRate] = await Promise.all([
    curveChart({
      epochs,
      curves: pair('validationLoss', 'trainLoss'),
      format: '.2f',
      description: `Loss by epoch. ${lossText}`,
    }),
    curveChart({
      epochs,
      curves: pair('validationAccuracy', 'trainAccuracy'),
      format: '.0%',
      description: `Accuracy by epoch. ${accuracyText}`,
    }),
    curveChart({
      epochs,
      curves: single('validationMacroF1'),
      format: '.0%',
      description: `Macro-F1 by epoch. ${f1Text}`,
    }),
    curveChart({
      epochs,
      curves: single('learningRate'),
      format: '~g',
      zero: true,
      description: `Learning rate by epoch, ${last.learningRate} at the end.`,
    }),
  ]);
  return html`<section>
    <h2>Training</h2>
    <p>
      Training figures are taken while training, on augmented images and with dropout: they may lie under the
      validation figures. Validation loss that climbs while training loss falls is overfitting.
    </p>
    <div class="grid">
      ${figure({ heading: 'Loss', chart: loss, key: BOTH, note: lossText })}
      ${figure({ heading: 'Accuracy', chart: accuracy, key: BOTH, note: accuracyText })}
      ${figure({ heading: 'Macro-F1 on validation', chart: macroF1, note: f1Text })}
      ${figure({ heading: 'Learning rate', chart: learningRate })}
    </div>
  </section>`;
};
