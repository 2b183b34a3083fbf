import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import opentype from 'opentype.js';

/** Latin with its accents, Greek, Cyrillic and punctuation: code points, both ends included. */
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x386, 0x3ce],
  [0x400, 0x45f],
  [0x2013, 0x2026],
] as const;

/** What stands for a character that the font does not have: an empty box. */
const MISSING = [1024, 'M128 0L128 1456L896 1456L896 0ZM256 128L768 128L768 1328L256 1328Z'];

/** Reads the font: Roboto Medium, under the Apache licence. */
export const readFont = (): ReturnType<typeof opentype.parse> => {
  const path = fileURLToPath(import.meta.resolve('roboto-fontface/fonts/roboto/Roboto-Medium.woff'));
  return opentype.parse(Uint8Array.from(readFileSync(path)).buffer);
};

/** Writes down the outlines that text is drawn with: a line for each character, its advance and its outline in font
 * units, y upwards. */
export const renderGlyphs = (): string => {
  const font = readFont();
  const { fullName, version, copyright } = font.names.windows;
  const characters = RANGES.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
  );
  const lines = characters.flatMap((character) => {
    const glyph = font.charToGlyph(character);
    const outline = glyph.path.toPathData({ decimalPlaces: 0, flipY: false });
    const record = JSON.stringify([glyph.advanceWidth, outline]);
    return glyph.index === 0 ? [] : [`    ${JSON.stringify(character)}: ${record}`];
  });
  const head = {
    font: `${fullName.en}, ${version.en}`,
    copyright: copyright.en,
    license: 'Apache-2.0',
    unitsPerEm: font.unitsPerEm,
    capHeightUnits: font.tables.os2.sCapHeight,
    missing: MISSING,
  };
  const fields = Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
  return `{\n${fields.join(',\n')},\n  "glyphs": {\n${lines.join(',\n')}\n  }\n}\n`;
};
