import { keptEpoch, metricIn, type Metric } from '../../tune/metric.ts';
import type { LeaderboardRow } from '../../tune/leaderboard.ts';
import type { SearchState } from '../../tune/search-observer.ts';
import { figure, type KeyEntry } from '../figure.ts';
import { formatCount, formatDuration, formatPercent } from '../format-figures.ts';
import { html, type Html } from '../html.ts';
import { renderPage } from '../render-page.ts';
import { axisChart } from './axis-chart.ts';
import { leaderboardTable } from './leaderboard-table.ts';
import { trialsCurveChart } from './trials-curve-chart.ts';

const FORMATS: Readonly<Record<Metric, string>> = { accuracy: '.0%', 'macro-f1': '.2f', loss: '.2f' };

const STYLE = `
.command { margin: 8px 0 0; padding: 12px 16px; border-radius: 8px; background: var(--raised); font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

const isBroken = ({ status }: LeaderboardRow): boolean => status === 'diverged' || status === 'failed';

const header = ({ rows, data, trials, rungs, metric, isComplete }: SearchState): Html => {
  const [best] = rows;
  const figures = best?.figures;
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
  const stages = rungs.map(({ epochs, trials: count }) => `${count} × ${epochs} epochs`).join(', then ');
  const [low, high] = figures?.accuracyInterval95 ?? [0, 1];
  return html`<header>
    <h1>Search on ${data?.name ?? 'the data'}</h1>
    <p class="lead">
      <b>${trials[0]?.options.architecture ?? ''}</b>, ${trials.length} trials ranked by ${metric}: ${stages};
      ${formatDuration(seconds)} of training${isComplete ? '' : ' so far, not finished yet'}.
    </p>
    ${
      best === undefined || figures === undefined
        ? ''
        : html`<p>
              Best: <b>trial ${best.trial}</b> with an accuracy of <b>${formatPercent(figures.accuracy)}</b>
              (95&nbsp;% interval ${formatPercent(low)} to ${formatPercent(high)} on
              ${formatCount(data?.validationImages ?? 0)} validation images) and a macro-F1 of
              ${figures.macroF1.toFixed(3)}, after ${best.epochs} epochs.
            </p>
            <p class="caution">
              <strong>These figures are optimistic.</strong> The best of many trials was picked on the very
              images that scored it, and each trial shows its best epoch. Score the chosen model once on
              images that took no part. Trials marked ≈ lie within the best one's interval: the difference may
              be chance.
            </p>`
    }
  </header>`;
};

const KEY: readonly KeyEntry[] = [
  { look: 'diamond', name: 'best trial' },
  { look: 'dot-first', name: 'other trials' },
];

/** All ranked trials as they were after as many epochs as each of them has, as only then they can be compared. */
const axesSection = async ({ rows, space, metric }: SearchState): Promise<Html> => {
  const ranked = rows.filter(({ figures }) => figures !== undefined);
  const broken = rows.filter((row) => isBroken(row));
  if (ranked.length < 2) return html``;
  const epochs = Math.min(...ranked.map((row) => row.history.length));
  const points = [...ranked, ...broken].map((row) => {
    const record = isBroken(row) ? undefined : keptEpoch(row.history, epochs);
    return { row, score: record === undefined ? undefined : metricIn(record, metric) };
  });
  const charts = await Promise.all(
    space.map((entry) =>
      axisChart(
        entry,
        points.map(({ row, score }) => ({
          value: row.values[entry.axis.name] as number,
          score,
          isBest: row.rank === 1,
        })),
        FORMATS[metric],
      ),
    ),
  );
  const note = broken.length === 0 ? '' : ' A gray triangle at the foot is a trial that broke.';
  return html`<section>
    <h2>What the settings do</h2>
    <p>
      Validation ${metric} of every trial after ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}, by one setting
      at a time while the others vary too.${note}
    </p>
    <div class="grid">
      ${space.map(({ axis }, index) =>
        figure({ heading: axis.name, chart: charts[index] as Html, key: KEY, note: `${axis.description}.` }),
      )}
    </div>
  </section>`;
};

const curvesSection = async ({ rows, metric }: SearchState): Promise<Html> => {
  const curves = rows
    .filter(({ history }) => history.length > 0)
    .map((row) => ({
      trial: row.trial,
      values: row.history.map((record) => metricIn(record, metric)),
      isBest: row.rank === 1,
    }));
  if (curves.length === 0) return html``;
  const chart = await trialsCurveChart(
    curves,
    FORMATS[metric],
    `Validation ${metric} of ${curves.length} trials by epoch.`,
  );
  return html`<section>
    <h2>Learning curves</h2>
    ${figure({
      heading: `Validation ${metric}`,
      chart,
      key: [
        { look: 'line-best', name: 'best trial' },
        { look: 'line-first', name: 'other trials' },
      ],
    })}
  </section>`;
};

const spaceSection = ({ space, domains }: SearchState & { domains: readonly string[] }): Html =>
  html`<section>
    <h2>What was searched</h2>
    <table class="list facts">
      <tbody>
        ${space.map(
          ({ axis }, index) =>
            html`<tr>
              <th scope="row">${axis.name}: ${axis.description}</th>
              <td>${domains[index] ?? ''}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;

/**
 * Builds the page of a search: best trial, table, score by setting, learning curves.
 *
 * @param params.command makes the best trial's model again; undefined where there is none.
 */
export const renderLeaderboard = async (params: {
  readonly state: SearchState;
  readonly domains: readonly string[];
  readonly command: string | undefined;
}): Promise<string> => {
  const { state, domains, command } = params;
  const trials = html`<section>
    <h2>Trials</h2>
    <p class="note">
      Trials that were trained longer come first; figures after different numbers of epochs cannot be
      compared.
    </p>
    ${leaderboardTable(state)}
    ${
      command === undefined
        ? ''
        : html`<h3>To make the best one again</h3>
            <pre class="command">${command}</pre>`
    }
  </section>`;
  return renderPage({
    title: `Search on ${state.data?.name ?? 'the data'}`,
    content: [
      header(state),
      trials,
      await axesSection(state),
      await curvesSection(state),
      spaceSection({ ...state, domains }),
    ],
    footer: `Written by Mien from ${state.folder}.`,
    style: STYLE,
  });
};
