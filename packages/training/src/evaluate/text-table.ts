/** How a column stands. */
export type Alignment = 'left' | 'right';

/**
 * Sets rows of text in columns, for a terminal of fixed width letters.
 *
 * @param rows cells; a row may be shorter than others.
 * @param alignments one per column; further columns stand right.
 * @returns lines without trailing blanks, joined by line feeds.
 */
export const textTable = (
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = ['left'],
): string => {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] as number;
          return alignments[column] === 'left' ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
