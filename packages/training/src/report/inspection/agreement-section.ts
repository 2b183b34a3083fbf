import { votedName, type LabelAgreement } from '../../inspect/compare-labels.ts';
import type { VoteVerdict } from '../../inspect/vote-verdicts.ts';
import { formatCount, formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';
import { labelMatrix } from '../label-matrix.ts';
import type { InspectionContent } from './inspection-content.ts';

const matrix = ({ confusion, ownLabels, votedLabels }: LabelAgreement): Html =>
  labelMatrix({
    counts: confusion,
    rowLabels: ownLabels,
    columnLabels: votedLabels,
    isHit: (own, voted) => votedName(own) === voted,
    corner: 'own ↓ voted →',
    verb: 'voted',
    description: 'Own labels against votes',
  });

const classTable = ({ perClass }: LabelAgreement): Html =>
  html`<table class="list">
    <thead>
      <tr>
        <th scope="col">own label</th>
        <th scope="col" class="number">images</th>
        <th scope="col" class="number">agreement</th>
        <th scope="col" class="number">entropy of the votes, bits</th>
      </tr>
    </thead>
    <tbody>
      ${perClass.map(
        ({ label, images, agreement, entropyBits }) =>
          html`<tr>
            <th scope="row">${label}</th>
            <td class="number">${formatCount(images)}</td>
            <td class="number">${formatPercent(agreement)}</td>
            <td class="number">${entropyBits.toFixed(2)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

const verdictList = (verdicts: readonly VoteVerdict[]): Html =>
  verdicts.length === 0
    ? html``
    : html`<h3>Images without a voted label</h3>
        <ul>
          ${verdicts.map(({ reason, sources }) => html`<li>${reason}: ${formatCount(sources.length)}</li>`)}
        </ul>`;

/** How the own labels and the votes go together; empty where there are no votes. */
export const agreementSection = ({ inspection }: InspectionContent): Html => {
  const { agreement, verdicts } = inspection;
  if (agreement === undefined) return html``;
  return html`<section>
    <h2>Labels against votes</h2>
    <p>
      ${formatCount(agreement.images)} images have both. Rows are the own labels, columns what most taggers
      voted; colour and per cent are shares of the row. Entropy is 0 where all taggers agree, 1 where they are
      evenly divided between two emotions.
    </p>
    ${matrix(agreement)}
    <div class="grid">
      <div>${classTable(agreement)}</div>
      <div>${verdictList(verdicts)}</div>
    </div>
  </section>`;
};
