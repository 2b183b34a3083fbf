import type { Robustness } from '@mien/contract';
import { percent, points, score, whole } from '../format-figures.ts';
import { markdownTable } from '../markdown-table.ts';

const LEVELS = [1, 2, 3] as const;

const corruptionRow = ({ clean, rows }: Robustness, corruption: string): string[] => {
  const cells = LEVELS.map((level) => {
    const row = rows.find((one) => one.corruption === corruption && one.level === level);
    if (row === undefined) return '';
    return `${percent(row.accuracy)} (${points(row.accuracy - clean.accuracy)}) at ${row.strength}`;
  });
  const worst = rows.filter((one) => one.corruption === corruption).map(({ macroF1 }) => macroF1);
  return [corruption, ...cells, score(Math.min(...worst))];
};

const oneTable = (table: Robustness, mainOutput: string): string => {
  const { dataset, split, protocol, output = mainOutput, clean, rows } = table;
  const corruptions = [...new Set(rows.map(({ corruption }) => corruption))];
  const figures = `accuracy ${percent(clean.accuracy)}, macro-F1 ${score(clean.macroF1)}`;
  return [
    `Output \`${output}\` on ${whole(clean.samples)} ${split} faces of ${dataset} (${protocol}); untouched: ${figures}. ` +
      'In brackets the difference in percentage points.',
    markdownTable(
      [
        { title: 'Corruption' },
        { title: 'Mild', align: 'right' },
        { title: 'Plain', align: 'right' },
        { title: 'Severe', align: 'right' },
        { title: 'Lowest macro-F1', align: 'right' },
      ],
      corruptions.map((corruption) => corruptionRow(table, corruption)),
    ),
  ].join('\n\n');
};

/** Accuracy on corrupted pictures; nothing where it was not measured. */
export const robustnessSection = (tables: readonly Robustness[], mainOutput: string): string[] =>
  tables.length === 0
    ? []
    : ['## Pictures that are not clean', ...tables.map((table) => oneTable(table, mainOutput))];
