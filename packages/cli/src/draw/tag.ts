import type { FaceReading } from '@mien/pipeline';
import { formatPercent } from '../terminal/format-figures.ts';
import type { TagDetail } from './place-tags.ts';
import type { Rectangle } from './rectangle.ts';
import { capHeight, drawText, measureText } from './text.ts';

/** Labels that a tag with bars shows. */
const BARS = 3;

/** A face as a tag shows it. */
export interface TagContent {
  readonly number: number;
  readonly face: FaceReading;
  readonly colours: ReadonlyMap<string, string>;
}

const PANEL = '#11131a';
const TEXT = '#ffffff';
const MUTED = '#c3c8d4';
const UNSURE = '#ffd24a';

const title = ({ face }: TagContent): string => {
  if (!face.unsure) return face.label;
  const [reason] = face.unsureReasons;
  return reason === undefined ? 'unsure' : `unsure: ${reason}`;
};

const likeliest = (face: FaceReading): FaceReading['probabilities'] =>
  face.probabilities.toSorted((one, other) => other.probability - one.probability).slice(0, BARS);

const chipWidth = (number: number, em: number): number => measureText(String(number), em) + em * 0.7;

const columnsOf = (face: FaceReading, em: number): { name: number; bar: number; percent: number } => ({
  name: Math.max(...likeliest(face).map(({ label }) => measureText(label, em * 0.85))),
  bar: em * 3.6,
  percent: measureText('100 %', em * 0.85),
});

const rowHeight = (em: number): number => em * 1.25;

/** The size of a face's tag, by how much it says. @param em the size of its text, in pixels. */
export const tagSize = (
  content: TagContent,
  detail: TagDetail,
  em: number,
): { readonly width: number; readonly height: number } => {
  const { face, number } = content;
  const chip = chipWidth(number, em);
  const height = em * 1.5;
  if (detail === 'number') return { width: chip, height };
  const line = chip + em * 0.4 + measureText(title(content), em) + em * 0.5;
  if (detail === 'label') {
    const percent = face.unsure ? 0 : measureText(formatPercent(face.probability), em) + em * 0.5;
    return { width: line + percent, height };
  }
  const { name, bar, percent } = columnsOf(face, em);
  return {
    width: Math.max(line, name + bar + percent + em * 2),
    height: height + likeliest(face).length * rowHeight(em) + em * 0.3,
  };
};

const panel = ({ x, y, width, height }: Rectangle, fill: string, radius: number): string =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" rx="${radius.toFixed(1)}" ${fill}/>`;

const drawBars = ({ face, colours }: TagContent, at: Rectangle, em: number): string => {
  const { name, percent } = columnsOf(face, em);
  const size = em * 0.85;
  const left = at.x + em * 0.5;
  const right = at.x + at.width - em * 0.5;
  const barX = left + name + em * 0.5;
  const barWidth = right - percent - em * 0.5 - barX;
  return likeliest(face)
    .map(({ label, probability }, row) => {
      const middle = at.y + em * 1.5 + (row + 0.5) * rowHeight(em);
      const baselinePx = middle + capHeight(size) / 2;
      const track = { x: barX, y: middle - em * 0.28, width: barWidth, height: em * 0.56 };
      const filled = { ...track, width: Math.max(probability * barWidth, 0.01) };
      return [
        drawText({ text: label, xPx: left, baselinePx, sizePx: size, fill: MUTED }),
        panel(track, 'fill="#ffffff" fill-opacity="0.16"', 0),
        panel(filled, `fill="${colours.get(label) ?? TEXT}"`, 0),
        drawText({
          text: formatPercent(probability),
          xPx: right,
          baselinePx,
          sizePx: size,
          fill: MUTED,
          anchor: 'end',
        }),
      ].join('');
    })
    .join('');
};

/** Draws a face's tag as SVG: its number on the label's colour, and whatever `detail` lets it say. */
export const drawTag = (content: TagContent, detail: TagDetail, at: Rectangle, em: number): string => {
  const { number, face, colours } = content;
  const colour = colours.get(face.label) ?? TEXT;
  const chip = { x: at.x, y: at.y, width: chipWidth(number, em), height: em * 1.5 };
  const baselinePx = at.y + em * 0.75 + capHeight(em) / 2;
  const parts = [
    panel(at, `fill="${PANEL}" fill-opacity="0.86"`, em * 0.25),
    panel(chip, `fill="${colour}"`, em * 0.25),
    drawText({ text: String(number), xPx: at.x + em * 0.35, baselinePx, sizePx: em, fill: PANEL }),
  ];
  if (detail === 'number') return parts.join('');
  const xPx = at.x + chip.width + em * 0.4;
  parts.push(
    drawText({ text: title(content), xPx, baselinePx, sizePx: em, fill: face.unsure ? UNSURE : TEXT }),
  );
  if (detail === 'bars') parts.push(drawBars(content, at, em));
  else if (!face.unsure) {
    const text = formatPercent(face.probability);
    const end = at.x + at.width - em * 0.5;
    parts.push(drawText({ text, xPx: end, baselinePx, sizePx: em, fill: MUTED, anchor: 'end' }));
  }
  return parts.join('');
};
