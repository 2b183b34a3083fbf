import type { Evaluation } from '@mien/contract';
import { classScoresChart } from '../charts/class-scores-chart.ts';
import { figure } from '../figure.ts';
import { formatCount, formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';

/** How well each class is recognised, as a chart and in numbers. */
export const classesSection = async ({ perClass }: Evaluation): Promise<Html> => {
  const summary = perClass.map(({ label, f1 }) => `${label} ${formatPercent(f1, 0)}`).join(', ');
  const chart = await classScoresChart(perClass, `F1 by class: ${summary}.`);
  const rows = perClass.map(
    ({ label, support, precision, recall, f1 }) =>
      html`<tr>
        <th scope="row">${label}</th>
        ${[precision, recall, f1].map((score) => html`<td class="number">${formatPercent(score)}</td>`)}
        <td class="number">${formatCount(support)}</td>
      </tr>`,
  );
  return html`<section>
    <h2>Classes</h2>
    <p>
      Precision is the share of rightly named among all named so; recall the share of found among all there
      are; F1 their harmonic mean.
    </p>
    <div class="grid">
      ${figure({
        heading: 'F1, precision and recall',
        chart,
        key: [
          { look: 'bar', name: 'F1' },
          { look: 'diamond', name: 'precision' },
          { look: 'dot', name: 'recall' },
        ],
      })}
      <table class="list">
        <thead>
          <tr>
            <th scope="col">class</th>
            ${['precision', 'recall', 'F1', 'images'].map((name) => html`<th scope="col" class="number">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
};
