import type { ParityRow } from './compare.ts';

const HEADER = ['runtime', 'provider', 'max |Δp|', 'same label', 'ms/face', ''] as const;

/** The columns of numbers, which stand to the right. */
const RIGHT = new Set([2, 3, 4]);

const cells = (row: ParityRow): string[] => {
  const { maxDifference, sameLabel, msPerFace } = row;
  return [
    row.runtime,
    row.provider ?? '–',
    maxDifference === undefined ? '–' : maxDifference.toExponential(1),
    sameLabel === undefined ? '–' : `${sameLabel}/${row.faces}`,
    msPerFace === undefined ? '–' : msPerFace.toFixed(1),
    row.reason === undefined ? row.verdict : `${row.verdict}: ${row.reason.replaceAll('\n', ' ')}`,
  ];
};

/** Sets parity rows as an aligned table for a terminal; reasons stand at the end of their lines, unwrapped. */
export const renderParityTable = (rows: readonly ParityRow[]): string => {
  const lines = [[...HEADER], ...rows.map(cells)];
  const widths = HEADER.map((_, column) => Math.max(...lines.map((line) => (line[column] as string).length)));
  const pad = (cell: string, column: number): string => {
    const width = widths[column] as number;
    if (column === HEADER.length - 1) return cell;
    return RIGHT.has(column) ? cell.padStart(width) : cell.padEnd(width);
  };
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
};
