/**
 * Sets rows as an aligned table for a terminal.
 *
 * @param header names the columns; rows are as long.
 * @param right the columns that stand to the right, as numbers do.
 * @returns a line for each row, the header's first.
 */
export const formatTable = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number>,
): string[] => {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const pad = (cell: string, column: number): string =>
    right.has(column) ? cell.padStart(widths[column] as number) : cell.padEnd(widths[column] as number);
  return lines.map((line) => line.map(pad).join('  ').trimEnd());
};
