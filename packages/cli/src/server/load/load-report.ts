import { quantile, type LoadMeasurement } from './measure-load.ts';

const COLUMNS = [
  'Workers',
  'Clients',
  'Images/s',
  'p50',
  'p99',
  'Errors',
  'Loop delay p99',
  'worst',
  'Memory',
] as const;

const errorsOf = ({ errors }: LoadMeasurement): string =>
  errors.size === 0 ? '0' : [...errors].map(([status, count]) => `${count} × ${status}`).join(', ');

const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((one, other) => one - other),
    0.5,
  );

const rowOf = (one: LoadMeasurement): string[] => [
  `${one.workers}`,
  `${one.clients}`,
  one.imagesPerSecond.toFixed(1),
  `${one.latencyMs.p50.toFixed(0)} ms`,
  `${one.latencyMs.p99.toFixed(0)} ms`,
  errorsOf(one),
  `${one.eventLoopDelayMs.p99.toFixed(1)} ms`,
  `${one.eventLoopDelayMs.max.toFixed(1)} ms`,
  `${median(one.memoryMiB).toFixed(0)} MiB`,
];

/** Measurements as a table for people. */
export const loadTable = (measurements: readonly LoadMeasurement[]): string => {
  const rows = [[...COLUMNS], ...measurements.map(rowOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ');
  return rows.map(line).join('\n');
};

/** How many parts a run's memory is told in. */
const PARTS = 10;

/**
 * How memory went over a run: the median of each tenth, and by how much the last third is above the middle one. What a
 * process takes at first is not counted against it: caches fill, and the allocator keeps what it was given.
 */
export const memoryWords = ({ memoryMiB, requests }: LoadMeasurement): string => {
  const part = (from: number, to: number): number =>
    median(
      memoryMiB.slice(Math.floor(memoryMiB.length * from), Math.max(1, Math.ceil(memoryMiB.length * to))),
    );
  const tenths = Array.from({ length: PARTS }, (_, index) =>
    part(index / PARTS, (index + 1) / PARTS).toFixed(0),
  );
  const growth = part(2 / 3, 1) - part(1 / 3, 2 / 3);
  return (
    `Memory over ${requests} images, MiB: ${tenths.join(' ')}\n` +
    `Last third against the middle one: ${growth >= 0 ? '+' : ''}${growth.toFixed(1)} MiB`
  );
};
