import type { ScoredSplit } from '../../evaluate/evaluate-model.ts';
import { formatCount, formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';
import { labelMatrix } from '../label-matrix.ts';

const matrix = ({ evaluation }: ScoredSplit): Html => {
  const labels = evaluation.perClass.map(({ label }) => label);
  return labelMatrix({
    counts: evaluation.confusion,
    rowLabels: labels,
    columnLabels: labels,
    isHit: (truth, named) => truth === named,
    corner: 'true ↓ named →',
    verb: 'named',
    description: 'Confusion matrix',
  });
};

const confusionList = ({ confusions }: ScoredSplit): Html => {
  const widest = Math.max(...confusions.map(({ count }) => count));
  const rows = confusions.map(
    ({ truth, predicted, count, shareOfTruth }) =>
      html`<tr>
        <td>${truth} <span class="arrow" aria-label="named">→</span> ${predicted}</td>
        <td class="meter"><i style="width:${((count / widest) * 100).toFixed(1)}%"></i></td>
        <td class="number">${formatCount(count)}</td>
        <td class="number">${formatPercent(shareOfTruth)}</td>
      </tr>`,
  );
  return html`<table class="list">
    <thead>
      <tr>
        <th scope="col">true → named</th>
        <td class="meter"></td>
        <th scope="col" class="number">images</th>
        <th scope="col" class="number">of the true class</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
};

/** What is taken for what: the confusion matrix and its largest entries off the diagonal. */
export const confusionSection = (result: ScoredSplit): Html =>
  html`<section>
    <h2>What is taken for what</h2>
    <p>
      Rows are the true classes, columns what the model said. Colour and per cent are shares of the row: the
      diagonal shows recall, everything beside it is a mistake.
    </p>
    ${matrix(result)}
    <h3>Most frequent mistakes</h3>
    ${result.confusions.length === 0 ? html`<p>None: every image was named rightly.</p>` : confusionList(result)}
  </section>`;
