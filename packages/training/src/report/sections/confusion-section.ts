import type { ScoredSplit } from '../../evaluate/evaluate-model.ts';
import { formatCount, formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';

/** From this share on a cell is so dark that light text reads better (WCAG contrast is 4.5 on either side). */
const DARK_CELL = 0.74;

const cell = (params: { truth: string; predicted: string; count: number; support: number }): Html => {
  const { truth, predicted, count, support } = params;
  const share = support === 0 ? 0 : count / support;
  const kind = `${truth === predicted ? 'hit' : 'miss'}${share >= DARK_CELL ? ' dark' : ''}${count === 0 ? ' none' : ''}`;
  return html`<td
    class="${kind}"
    style="--share:${(share * 100).toFixed(1)}%"
    title="${truth} named ${predicted}: ${count} of ${support}"
  >
    <b>${formatCount(count)}</b><span>${formatPercent(share, 0)}</span>
  </td>`;
};

const matrix = ({ evaluation }: ScoredSplit): Html => {
  const { confusion, perClass } = evaluation;
  const labels = perClass.map(({ label }) => label);
  const rows = confusion.map((row, index) => {
    const { label: truth, support } = perClass[index] as (typeof perClass)[number];
    const cells = row.map((count, column) =>
      cell({ truth, predicted: labels[column] as string, count, support }),
    );
    return html`<tr>
      <th scope="row">${truth}</th>
      ${cells}
      <td class="support">${formatCount(support)}</td>
    </tr>`;
  });
  const heads = labels.map((label) => html`<th scope="col"><span>${label}</span></th>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix">
    <table class="confusion">
      <thead>
        <tr>
          <td class="corner">true ↓ named →</td>
          ${heads}
          <th scope="col"><span>images</span></th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
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
