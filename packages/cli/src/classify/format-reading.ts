import type { Reading } from '@mien/pipeline';
import { formatBar } from '../terminal/bar.ts';
import type { Style } from '../terminal/style.ts';

const BAR_WIDTH = 30;

const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`.padStart(7);

/** One picture's reading as lines for people: its name, then every label, the likeliest first, with a bar. */
export const formatReading = (image: string, reading: Reading, style: Style): string => {
  const width = Math.max(...reading.probabilities.map(({ label }) => label.length));
  const rows = reading.probabilities
    .toSorted((one, other) => other.probability - one.probability)
    .map(({ label, probability }, rank) => {
      const name = label.padEnd(width);
      const bar = style.accent(formatBar(probability, BAR_WIDTH));
      return `  ${rank === 0 ? style.bold(name) : name}  ${bar}  ${percent(probability)}`;
    });
  return [style.bold(image), ...rows, ''].join('\n');
};
