import type { FaceReading } from '@mien/pipeline';
import { placeTags } from './place-tags.ts';
import type { Rectangle } from './rectangle.ts';
import { drawTag, tagSize, type TagContent } from './tag.ts';

/** Smaller pictures are enlarged to this short side, by whole numbers: text would hide them. */
const MIN_SHORT_SIDE_PX = 480;
const MAX_ENLARGEMENT = 6;

/** Letters are no smaller than this, in pixels. */
const MIN_EM_PX = 11;

/** How many times larger a picture is drawn, so that there is room to write on it. */
export const enlargementOf = (widthPx: number, heightPx: number): number =>
  Math.min(MAX_ENLARGEMENT, Math.max(1, Math.ceil(MIN_SHORT_SIDE_PX / Math.min(widthPx, heightPx))));

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** The size of the text: readable when the whole picture is seen at once, smaller where faces are small and many. */
const textSize = (frame: { width: number; height: number }, boxes: readonly Rectangle[]): number => {
  const short = Math.min(frame.width, frame.height);
  const byFaces = median(boxes.map(({ width }) => width)) / 6;
  return Math.max(MIN_EM_PX, short / 75, Math.min(short / 40, byFaces));
};

const drawBox = (box: Rectangle, stroke: { colour: string; width: number; isDashed: boolean }): string => {
  const { x, y, width, height } = box;
  const rectangle = `x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" rx="${(stroke.width * 2).toFixed(1)}" fill="none"`;
  const dashes = stroke.isDashed ? ` stroke-dasharray="${stroke.width * 4} ${stroke.width * 2.5}"` : '';
  return (
    `<rect ${rectangle} stroke="#000000" stroke-opacity="0.5" stroke-width="${(stroke.width * 2).toFixed(1)}"/>` +
    `<rect ${rectangle} stroke="${stroke.colour}" stroke-width="${stroke.width.toFixed(1)}"${dashes}/>`
  );
};

/**
 * Draws the faces of a picture as an SVG to lay over it: boxes in the colour of their label, dashed where unsure, and
 * tags with number, label and bars. Contains outlines only, no fonts.
 *
 * @param params.widthPx the picture's own size; the drawing is {@link enlargementOf} times as large.
 */
export const drawFaces = (params: {
  readonly faces: readonly FaceReading[];
  readonly widthPx: number;
  readonly heightPx: number;
  readonly colours: ReadonlyMap<string, string>;
}): string => {
  const { faces, widthPx, heightPx, colours } = params;
  const scale = enlargementOf(widthPx, heightPx);
  const frame = { width: widthPx * scale, height: heightPx * scale };
  const boxes = faces.map(({ box }) => ({
    x: box.leftPx * scale,
    y: box.topPx * scale,
    width: box.widthPx * scale,
    height: box.heightPx * scale,
  }));
  const em = textSize(frame, boxes);
  const stroke = Math.max(1.5, em / 8);
  const contents = faces.map((face, index): TagContent => ({ face, number: index + 1, colours }));
  const requests = contents.map((content, index) => ({
    box: boxes[index] as Rectangle,
    sizes: {
      bars: tagSize(content, 'bars', em),
      label: tagSize(content, 'label', em),
      number: tagSize(content, 'number', em),
    },
  }));
  const tags = placeTags({ faces: requests, frame, gap: stroke * 2 });
  const outlines = contents.map(({ face }, index) =>
    drawBox(boxes[index] as Rectangle, {
      colour: colours.get(face.label) ?? '#ffffff',
      width: stroke,
      isDashed: face.unsure,
    }),
  );
  const labels = contents.map((content, index) => {
    const { detail, at } = tags[index] as (typeof tags)[number];
    return drawTag(content, detail, at, em);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}">${outlines.join('')}${labels.join('')}</svg>`;
};
