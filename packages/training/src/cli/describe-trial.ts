import { textTable } from '../evaluate/text-table.ts';
import type { LeaderboardRow } from '../tune/leaderboard.ts';
import type { AxisValues } from '../tune/sample-trials.ts';
import type { SearchState } from '../tune/search-observer.ts';
import type { Space } from '../tune/space.ts';
import { formatPercent } from './format-progress.ts';

/** Puts a trial's settings on a line: `lr 0.031  decay 0.0005`. */
export const describeValues = (space: Space, values: AxisValues): string =>
  space.map(({ axis }) => `${axis.label} ${values[axis.name] ?? ''}`).join('  ');

/** Puts a trial's figures on a line. */
export const describeFigures = ({ figures, failure, status }: LeaderboardRow): string => {
  if (figures === undefined) return failure === undefined ? status : `${status}: ${failure}`;
  const [low, high] = figures.accuracyInterval95;
  const interval = `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}`;
  return `accuracy ${formatPercent(figures.accuracy)} (${interval})  macro-F1 ${figures.macroF1.toFixed(3)}  loss ${figures.loss.toFixed(3)}`;
};

const rankCell = ({ rank, isTied, status }: LeaderboardRow): string => {
  if (rank === undefined) return status === 'waiting' ? '' : '×';
  return `${isTied ? '≈' : ''}${rank}`;
};

const cellsOf = (row: LeaderboardRow, space: Space): string[] => {
  const { figures } = row;
  const [low, high] = figures?.accuracyInterval95 ?? [];
  const percent = (value?: number): string => (value === undefined ? '' : (value * 100).toFixed(1));
  return [
    rankCell(row),
    String(row.trial),
    String(row.epochs),
    percent(figures?.accuracy),
    figures === undefined ? row.status : `${percent(low)}–${percent(high)}`,
    figures?.macroF1.toFixed(3) ?? '',
    figures?.loss.toFixed(3) ?? '',
    ...space.map(({ axis }) => String(row.values[axis.name] ?? '')),
  ];
};

/** Sets the leaderboard as a table for a terminal. */
export const leaderboardTable = ({ rows, space }: SearchState): string =>
  textTable(
    [
      [
        '',
        'trial',
        'epochs',
        'accuracy %',
        '95 %',
        'macro-F1',
        'loss',
        ...space.map(({ axis }) => axis.label),
      ],
      ...rows.map((row) => cellsOf(row, space)),
    ],
    ['right'],
  );
