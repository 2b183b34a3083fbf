import { formatCount, formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';
import type { InspectionContent } from './inspection-content.ts';

/** How many images of each class there are in each split. */
export const balanceSection = ({ inspection }: InspectionContent): Html => {
  const { balance, labels } = inspection;
  const most = Math.max(1, ...(balance[0]?.classes ?? []).map(({ images }) => images));
  const rows = labels.map((label, index) => {
    const first = balance[0]?.classes[index]?.images ?? 0;
    return html`<tr>
      <th scope="row">${label}</th>
      <td class="meter"><i style="width:${((100 * first) / most).toFixed(1)}%"></i></td>
      ${balance.map(({ classes, images }) => {
        const count = classes[index]?.images ?? 0;
        return html`<td class="number">${formatCount(count)}</td>
          <td class="number">${formatPercent(count / Math.max(1, images))}</td>`;
      })}
    </tr>`;
  });
  return html`<section>
    <h2>Classes</h2>
    <p>Images of each class, by the label that the folder or row gives. Bars show the training split.</p>
    <div class="scroll">
      <table class="list balance">
        <thead>
          <tr>
            <th scope="col">class</th>
            <td class="meter"></td>
            ${balance.map(
              ({ split }) =>
                html`<th scope="col" class="number">${split}</th>
                  <th scope="col" class="number">share</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
};
