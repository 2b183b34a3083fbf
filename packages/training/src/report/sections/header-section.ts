import type { Evaluation } from '@mien/contract';
import { formatCount, formatDuration, formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';
import type { ReportContent } from '../report-content.ts';

interface KeyFigure {
  readonly name: string;
  readonly value: string;
  readonly range?: string;
  readonly meaning: string;
}

const keyFigures = ({
  evaluation,
  card,
}: { evaluation: Evaluation } & Pick<ReportContent, 'card'>): KeyFigure[] => {
  const [low, high] = evaluation.accuracyInterval95;
  return [
    {
      name: 'Accuracy',
      value: formatPercent(evaluation.accuracy),
      range: `${formatPercent(low)} – ${formatPercent(high)}`,
      meaning: 'Share of images named rightly. The range holds the true value with 95\u00A0% confidence.',
    },
    {
      name: 'Macro-F1',
      value: formatPercent(evaluation.macroF1),
      meaning: 'Mean F1 over the classes, each weighing the same: rare classes count as much as common ones.',
    },
    {
      name: 'Calibration error',
      value: formatPercent(evaluation.ece),
      meaning:
        'How far a stated confidence lies from the share of right answers, on average. 0\u00A0% is honest.',
    },
    {
      name: 'Images scored',
      value: formatCount(evaluation.samples),
      meaning: `${card.labels.length} classes. Always naming the commonest would reach ${formatPercent(baseline(evaluation))}.`,
    },
  ];
};

/** Accuracy of always giving the commonest class. */
const baseline = ({ perClass, samples }: Evaluation): number =>
  Math.max(...perClass.map(({ support }) => support)) / samples;

/** Says whose figures these are, and how much to trust them. */
const provenance = ({ split, usedForSelection }: Evaluation): Html => {
  if (split === 'train')
    return html`<p class="caution">
      <strong>Figures on training images.</strong> The model has seen these very images; they say nothing
      about new faces.
    </p>`;
  if (usedForSelection)
    return html`<p class="caution">
      <strong>Figures on images that chose the model.</strong> The best epoch and the calibration were picked
      on this split, so expect a little less on new faces.
    </p>`;
  return html``;
};

/** The head of a report: what was scored, the key figures, and how to read them. */
export const headerSection = ({ title, card, result }: ReportContent): Html => {
  const { evaluation } = result;
  const { training } = card;
  const figures = keyFigures({ evaluation, card }).map(
    ({ name, value, range, meaning }) =>
      html`<div class="figure">
        <dt>${name}</dt>
        <dd class="value">${value}</dd>
        ${range === undefined ? '' : html`<dd class="range">${range}</dd>`}
        <dd class="meaning">${meaning}</dd>
      </div>`,
  );
  return html`<header>
    <h1>${title}</h1>
    <p class="lead">
      <b>${training.architecture}</b>, ${formatCount(training.parameters)} parameters, trained on
      <b>${training.dataset.name}</b> for ${training.epochs} ${training.epochs === 1 ? 'epoch' : 'epochs'}
      (${formatDuration(training.seconds)}). Scored on the <b>${evaluation.split}</b> split of
      <b>${evaluation.dataset}</b> (${evaluation.protocol}).
    </p>
    <dl class="figures">${figures}</dl>
    ${provenance(evaluation)}
  </header>`;
};
