import type { LeaderboardRow } from '../../tune/leaderboard.ts';
import type { SearchState } from '../../tune/search-observer.ts';
import { formatDuration, formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';

const rankCell = ({ rank, isTied }: LeaderboardRow): string =>
  rank === undefined ? '–' : `${isTied ? '≈ ' : ''}${rank}`;

const figureCells = ({ figures, failure, status }: LeaderboardRow): Html => {
  if (figures === undefined)
    return html`<td colspan="4">${failure === undefined ? status : `${status}: ${failure}`}</td>`;
  const [low, high] = figures.accuracyInterval95;
  return html`<td class="number">${formatPercent(figures.accuracy)}</td>
    <td class="number">${formatPercent(low)} – ${formatPercent(high)}</td>
    <td class="number">${figures.macroF1.toFixed(3)}</td>
    <td class="number">${figures.loss.toFixed(3)}</td>`;
};

/** The table of a search's trials, best first. */
export const leaderboardTable = ({ rows, space }: Pick<SearchState, 'rows' | 'space'>): Html =>
  html`<div class="scroll">
    <table class="list">
      <thead>
        <tr>
          ${[
            '',
            'trial',
            'epochs',
            'accuracy',
            '95 % interval',
            'macro-F1',
            'loss',
            ...space.map(({ axis }) => axis.label),
            'time',
          ].map((heading) => html`<th scope="col" class="number">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <td class="number">${rankCell(row)}</td>
              <th scope="row" class="number">${row.trial}</th>
              <td class="number">${row.epochs}</td>
              ${figureCells(row)}
              ${space.map(({ axis }) => html`<td class="number">${row.values[axis.name] ?? ''}</td>`)}
              <td class="number">${formatDuration(row.seconds)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
