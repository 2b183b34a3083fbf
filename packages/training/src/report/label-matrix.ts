import { formatCount, formatPercent } from './format-figures.ts';
import { html, type Html } from './html.ts';

/** From this share on a cell is so dark that light text reads better (WCAG contrast is 4.5 on either side). */
const DARK_CELL = 0.74;

/** Counts by two sets of labels. */
export interface LabelMatrix {
  /** `[rowLabels][columnLabels]`. */
  readonly counts: readonly (readonly number[])[];
  readonly rowLabels: readonly string[];
  readonly columnLabels: readonly string[];
  /** Whether the two labels mean the same. */
  readonly isHit: (row: string, column: string) => boolean;
  /** Stands in the corner and says what rows and columns are, e.g. `true ↓ named →`. */
  readonly corner: string;
  /** What a column says of a row, for the cell's title: `named`, `voted`. */
  readonly verb: string;
  /** For readers who cannot see it. */
  readonly description: string;
}

const cell = (
  matrix: LabelMatrix,
  params: { readonly row: string; readonly column: string; readonly count: number; readonly total: number },
): Html => {
  const { row, column, count, total } = params;
  const share = total === 0 ? 0 : count / total;
  const kind = `${matrix.isHit(row, column) ? 'hit' : 'miss'}${share >= DARK_CELL ? ' dark' : ''}${count === 0 ? ' none' : ''}`;
  return html`<td
    class="${kind}"
    style="--share:${(share * 100).toFixed(1)}%"
    title="${row} ${matrix.verb} ${column}: ${count} of ${total}"
  >
    <b>${formatCount(count)}</b><span>${formatPercent(share, 0)}</span>
  </td>`;
};

/** Draws counts by two sets of labels as a table in which colour is the share of the row. */
export const labelMatrix = (matrix: LabelMatrix): Html => {
  const { counts, rowLabels, columnLabels, corner, description } = matrix;
  const rows = counts.map((line, index) => {
    const row = rowLabels[index] as string;
    const total = line.reduce((sum, count) => sum + count, 0);
    const cells = line.map((count, column) =>
      cell(matrix, { row, column: columnLabels[column] as string, count, total }),
    );
    return html`<tr>
      <th scope="row">${row}</th>
      ${cells}
      <td class="support">${formatCount(total)}</td>
    </tr>`;
  });
  const heads = columnLabels.map((label) => html`<th scope="col"><span>${label}</span></th>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${description}">
    <table class="confusion">
      <thead>
        <tr>
          <td class="corner">${corner}</td>
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
