import type { Reading } from '@mien/pipeline';

const BAR_WIDTH = 30;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** A bar of block characters, exact to an eighth of a character; `BAR_WIDTH` wide for 1. */
const bar = (fraction: number): string => {
  const eighths = Math.round(fraction * BAR_WIDTH * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
};

const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`.padStart(7);

/** How a line for people may look. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly accent: (text: string) => string;
}

const escape =
  (code: number) =>
  (text: string): string =>
    `\u001B[${code}m${text}\u001B[0m`;
const asIs = (text: string): string => text;

/** With colours where a person looks on and did not refuse them (https://no-color.org), plain elsewhere. */
export const createStyle = (coloured: boolean): Style =>
  coloured
    ? { bold: escape(1), dim: escape(2), accent: escape(36) }
    : { bold: asIs, dim: asIs, accent: asIs };

/** One picture's reading as lines for people: its name, then every label, the likeliest first, with a bar. */
export const formatReading = (image: string, reading: Reading, style: Style): string => {
  const width = Math.max(...reading.probabilities.map(({ label }) => label.length));
  const rows = reading.probabilities
    .toSorted((one, other) => other.probability - one.probability)
    .map(({ label, probability }, rank) => {
      const name = label.padEnd(width);
      const bars = bar(probability).padEnd(BAR_WIDTH);
      const row = `${rank === 0 ? style.bold(name) : name}  ${style.accent(bars)}  ${percent(probability)}`;
      return `  ${row}`;
    });
  return [style.bold(image), ...rows, ''].join('\n');
};
