import type { TrainedModelCard } from '@mien/contract';
import type { ScoredSplit } from '../../evaluate/evaluate-model.ts';
import { reliabilityChart } from '../charts/reliability-chart.ts';
import { figure } from '../figure.ts';
import { formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';

/** Says in words which way the model errs, when it errs by more than a point. */
const tendency = ({ reliability, evaluation }: ScoredSplit): string => {
  const samples = reliability.reduce((total, { count }) => total + count, 0);
  const confidence = reliability.reduce((total, bin) => total + bin.count * bin.confidence, 0) / samples;
  const gap = confidence - evaluation.accuracy;
  const means = `Mean confidence is ${formatPercent(confidence)}, accuracy ${formatPercent(evaluation.accuracy)}`;
  if (Math.abs(gap) < 0.01) return `${means}: the two agree.`;
  return `${means}: the model is ${gap > 0 ? 'more confident than it is right' : 'right more often than it claims'}.`;
};

/** What the model's confidence is worth: reliability diagram, calibration error and the temperature inside the model. */
export const calibrationSection = async (
  result: ScoredSplit,
  { calibration }: TrainedModelCard,
): Promise<Html> => {
  const words = tendency(result);
  const ece = formatPercent(result.evaluation.ece);
  const chart = await reliabilityChart(
    result.reliability,
    `Reliability diagram. ${words} Calibration error ${ece}.`,
  );
  return html`<section>
    <h2>Confidence</h2>
    <div class="grid">
      ${figure({
        heading: 'Confidence against accuracy',
        chart,
        key: [
          { look: 'bar', name: 'accuracy in the bin' },
          { look: 'dot-second', name: 'mean confidence' },
          { look: 'diagonal', name: 'perfect' },
        ],
      })}
      <div>
        <p>
          ${words} Bars under the dashed line are answers given too confidently, bars over it too modestly.
          Below stands how many answers have which confidence; thin bins say little.
        </p>
        <p>Calibration error (15 bins): <b>${ece}</b>.</p>
        <p>
          The model's logits are divided by a temperature of <b>${calibration.temperature.toFixed(3)}</b>,
          fitted on ${calibration.fittedOn}; there it brought the calibration error from
          ${formatPercent(calibration.eceBefore)} to ${formatPercent(calibration.eceAfter)}.
        </p>
      </div>
    </div>
  </section>`;
};
