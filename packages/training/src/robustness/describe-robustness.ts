import { textTable } from '../evaluate/text-table.ts';
import { formatCount, formatPercent } from '../report/format-figures.ts';
import { meanByLevel } from './mean-by-level.ts';
import type { RobustnessScores, RobustnessTable } from './measure-robustness.ts';

/** Writes what is lost against the clean images, in percentage points: `−2.5`, `+0.1`, `0.0`. */
export const formatDrop = (accuracy: number, clean: number): string => {
  const points = ((accuracy - clean) * 100).toFixed(1);
  if (Number(points) === 0) return '0.0';
  return points.startsWith('-') ? `−${points.slice(1)}` : `+${points}`;
};

const interval = ({ accuracyInterval95: [low, high] }: RobustnessScores): string =>
  `${(low * 100).toFixed(1)} – ${formatPercent(high)}`;

/** Lays a table out for a terminal: a line for each version, means at the end. Without a line feed at the end. */
export const describeRobustness = (table: RobustnessTable, model: string): string => {
  const { dataset, split, protocol, output, clean, rows } = table;
  const head = output === undefined ? '' : `, head ${output}`;
  const lines = [
    ['corruption', 'level', 'strength', 'accuracy', '95 % interval', 'drop', 'macro-F1'],
    ['clean', '', '', formatPercent(clean.accuracy), interval(clean), '', formatPercent(clean.macroF1)],
    ...rows.map((row) => [
      row.level === 1 ? row.corruption : '',
      String(row.level),
      row.strength,
      formatPercent(row.accuracy),
      interval(row),
      formatDrop(row.accuracy, clean.accuracy),
      formatPercent(row.macroF1),
    ]),
    ...meanByLevel(table).map(({ level, accuracy, macroF1 }, at) => [
      at === 0 ? 'mean' : '',
      String(level),
      '',
      formatPercent(accuracy),
      '',
      formatDrop(accuracy, clean.accuracy),
      formatPercent(macroF1),
    ]),
  ];
  const text = [
    `${model}${head} on ${dataset}: ${formatCount(clean.samples)} images of the ${split} split (${protocol})`,
    textTable(lines, ['left', 'right', 'left']),
    'Drop: percentage points of accuracy against the clean images.',
  ].join('\n\n');
  // Plain blanks, so that what is searched for in a log is found.
  return text.replaceAll('\u00A0', ' ');
};
