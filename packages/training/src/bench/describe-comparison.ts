import { textTable } from '../evaluate/text-table.ts';
import type { ContenderSpeeds } from './compare-speeds.ts';

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
};

/** The median over rounds of one speed over another, each pair measured in the same round. */
const ratio = (speeds: readonly number[], others: readonly number[]): string =>
  `${median(speeds.map((speed, round) => speed / (others[round] as number))).toFixed(2)}×`;

/**
 * Lays a comparison out as a table: medians over rounds, and how many times as fast as each yardstick.
 *
 * @param yardsticks names of contenders that are set in columns.
 */
export const describeComparison = (
  results: readonly ContenderSpeeds[],
  yardsticks: readonly string[],
): string => {
  const measured = results.filter(({ name, rounds }) => yardsticks.includes(name) && rounds.length > 0);
  const rows = results.map(({ name, rounds, reason }) =>
    reason === undefined
      ? [name, median(rounds).toFixed(1), ...measured.map((other) => ratio(rounds, other.rounds))]
      : [name, '–', ...measured.map(() => '–'), reason],
  );
  const header = ['', 'images/s', ...measured.map(({ name }) => `to ${name}`)];
  return textTable([header, ...rows], ['left', 'right', ...measured.map(() => 'right' as const), 'left']);
};
