import { readFileSync } from 'node:fs';

type Glyph = readonly [advanceUnits: number, outline: string];

interface GlyphFile {
  readonly unitsPerEm: number;
  readonly capHeightUnits: number;
  readonly missing: Glyph;
  readonly glyphs: Readonly<Record<string, Glyph>>;
}

// Made by font/write-glyphs.ts; src/draw and dist/draw lie equally deep.
const readGlyphs = (): GlyphFile =>
  JSON.parse(readFileSync(new URL('../../assets/roboto-medium.json', import.meta.url), 'utf8')) as GlyphFile;

let file: GlyphFile | undefined;
const glyphFile = (): GlyphFile => (file ??= readGlyphs());

const glyphsOf = (text: string): Glyph[] => {
  const { glyphs, missing } = glyphFile();
  return Array.from(text.normalize('NFC'), (character) => glyphs[character] ?? missing);
};

/** How wide {@link drawText} draws a text, in pixels. */
export const measureText = (text: string, sizePx: number): number =>
  (glyphsOf(text).reduce((sum, [advance]) => sum + advance, 0) * sizePx) / glyphFile().unitsPerEm;

/** How high capital letters are, in pixels. */
export const capHeight = (sizePx: number): number =>
  (glyphFile().capHeightUnits * sizePx) / glyphFile().unitsPerEm;

/**
 * Draws one line of text as SVG outlines, so that it looks the same where no font is installed. A character without an
 * outline becomes an empty box.
 *
 * @param params.xPx where the text starts, or ends with `anchor: 'end'`.
 * @param params.baselinePx the line that letters stand on.
 */
export const drawText = (params: {
  readonly text: string;
  readonly xPx: number;
  readonly baselinePx: number;
  readonly sizePx: number;
  readonly fill: string;
  readonly anchor?: 'start' | 'end';
}): string => {
  const { text, xPx, baselinePx, sizePx, fill, anchor = 'start' } = params;
  const scale = sizePx / glyphFile().unitsPerEm;
  const start = anchor === 'end' ? xPx - measureText(text, sizePx) : xPx;
  let advanced = 0;
  const paths = glyphsOf(text).map(([advance, outline]) => {
    const path = outline === '' ? '' : `<path transform="translate(${advanced} 0)" d="${outline}"/>`;
    advanced += advance;
    return path;
  });
  const transform = `translate(${start.toFixed(2)} ${baselinePx.toFixed(2)}) scale(${scale.toFixed(6)} ${(-scale).toFixed(6)})`;
  return `<g fill="${fill}" transform="${transform}">${paths.join('')}</g>`;
};
