/** One column of a table. */
export interface Column {
  readonly title: string;
  /** `right` for figures. Default `left`. */
  readonly align?: 'left' | 'right';
}

/** Text with what would end a cell made harmless. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/gu, ' ').trim();

/**
 * Writes a Markdown table whose columns line up in the source too.
 *
 * @param rows one text for each column.
 */
export const markdownTable = (columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const cells = [columns.map(({ title }) => cell(title)), ...rows.map((row) => row.map(cell))];
  const widths = columns.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)));
  const pad = (text: string, column: number): string => {
    const blank = ' '.repeat((widths[column] ?? 0) - text.length);
    return columns[column]?.align === 'right' ? `${blank}${text}` : `${text}${blank}`;
  };
  const line = (row: readonly string[]): string =>
    `| ${columns.map((_, column) => pad(row[column] ?? '', column)).join(' | ')} |`;
  const rule = columns.map(({ align }, column) => {
    const dashes = '-'.repeat(widths[column] ?? 3);
    return align === 'right' ? `${dashes.slice(1)}:` : dashes;
  });
  const [head = [], ...body] = cells;
  return [line(head), line(rule), ...body.map(line)].join('\n');
};
