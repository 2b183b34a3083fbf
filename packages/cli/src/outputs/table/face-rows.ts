import type { FaceReading } from '@mien/pipeline';
import { formatBar } from '../../terminal/bar.ts';
import { formatPercent } from '../../terminal/format-figures.ts';
import { printable } from '../../terminal/printable.ts';
import type { Style } from '../../terminal/style.ts';
import { padText, shortenPath } from '../../terminal/text-width.ts';
import { boxWords } from '../../words/box-words.ts';
import { readingWords } from '../../words/unsure-words.ts';
import type { PictureResult } from '../../run/result.ts';
import { GAP, type TableLayout } from './table-layout.ts';

/** The line above the table. */
export const headerRow = (layout: TableLayout, style: Style): string => {
  const cells = [
    'Picture'.padEnd(layout.name),
    'Face',
    'Reading'.padEnd(layout.reading),
    'Probability'.padEnd(layout.bar + 6).slice(0, layout.bar + 6),
    'Box'.padEnd(layout.box),
    'Quality',
  ];
  return style.dim(cells.join(GAP));
};

const faceRow = (
  name: string,
  { face, number }: { readonly face: FaceReading; readonly number: number },
  layout: TableLayout,
  style: Style,
): string => {
  const reading = padText(readingWords(face), layout.reading);
  return [
    padText(name, layout.name),
    String(number).padStart(layout.face),
    face.unsure ? style.warning(reading) : style.bold(reading),
    `${style.accent(formatBar(face.probability, layout.bar))} ${formatPercent(face.probability).padStart(5)}`,
    padText(boxWords(face.box), layout.box),
    style.dim(formatPercent(face.quality.score).padStart(7)),
  ].join(GAP);
};

/** A picture's rows: one for each face, numbered as in every other output, the name on the first alone. */
export const pictureRows = (
  { input, faces }: PictureResult,
  layout: TableLayout,
  style: Style,
): readonly string[] => {
  const name = shortenPath(printable(input.name), layout.name);
  if (faces.length === 0)
    return [[padText(name, layout.name), '–'.padStart(layout.face), style.dim('no face')].join(GAP)];
  return faces.map((face, index) =>
    faceRow(index === 0 ? name : '', { face, number: index + 1 }, layout, style),
  );
};
