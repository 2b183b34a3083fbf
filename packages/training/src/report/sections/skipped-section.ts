import type { SkippedSource } from '../../dataset/image-dataset.ts';
import { formatCount } from '../format-figures.ts';
import { html, type Html } from '../html.ts';

/** More would only make the page heavy. */
const LISTED = 500;

/** Files and rows that could not be used; empty when there are none. */
export const skippedSection = (skipped: readonly SkippedSource[]): Html => {
  if (skipped.length === 0) return html``;
  const rows = skipped.slice(0, LISTED).map(
    ({ source, reason }) =>
      html`<tr>
        <th scope="row">${source}</th>
        <td>${reason}</td>
      </tr>`,
  );
  const unlisted = skipped.length - rows.length;
  return html`<section>
    <h2>Skipped</h2>
    <p>
      ${formatCount(skipped.length)} ${skipped.length === 1 ? 'file or row was' : 'files or rows were'} left
      out.
    </p>
    <details ${skipped.length <= 10 ? 'open' : ''}>
      <summary>Show what and why</summary>
      <table class="list facts">
        <tbody>
          ${rows}
        </tbody>
      </table>
      ${unlisted === 0 ? '' : html`<p class="note">… and ${formatCount(unlisted)} more.</p>`}
    </details>
  </section>`;
};
