import { formatTable } from '../format-table.ts';
import type { ParityRow } from './compare.ts';

const HEADER = ['runtime', 'provider', 'max |Δp|', 'same label', 'ms/face', 'verdict'] as const;

/** The columns of numbers, which stand to the right. */
const RIGHT = new Set([2, 3, 4]);

const cells = ({ runtime, provider, verdict, ...row }: ParityRow): string[] => [
  runtime,
  provider ?? '–',
  row.maxDifference?.toExponential(1) ?? '–',
  row.sameLabel === undefined ? '–' : `${row.sameLabel}/${row.faces}`,
  row.msPerFace?.toFixed(1) ?? '–',
  verdict,
];

/** Sets parity rows as an aligned table for a terminal, with the reasons of those that did not run below. */
export const renderParityTable = (rows: readonly ParityRow[]): string => {
  const table = formatTable(HEADER, rows.map(cells), RIGHT);
  const reasons = rows.flatMap(({ runtime, verdict, reason }) =>
    reason === undefined ? [] : [`${runtime} ${verdict}: ${reason.replaceAll('\n', ' ')}`],
  );
  return [...table, ...(reasons.length === 0 ? [] : ['', ...reasons])].join('\n');
};
