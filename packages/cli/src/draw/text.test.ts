import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { fileURLToPath } from 'node:url';
import { readFont, renderGlyphs } from '../../font/render-glyphs.ts';
import { capHeight, drawText, measureText } from './text.ts';

const font = readFont();

const TEXTS = ['happiness 97 %', 'Überraschung', 'радость', 'φόβος', '1'];

/** Draws outlines in black on white and gives the gray pixels. */
const render = (markup: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><rect width="300" height="40" fill="#fff"/>${markup}</svg>`,
    ),
  )
    .toColourspace('b-w')
    .raw()
    .toBuffer();

describe('drawn text', () => {
  test('uses the outlines of the font that is named', () => {
    const file = fileURLToPath(new URL('../../assets/roboto-medium.json', import.meta.url));
    expect(readFileSync(file, 'utf8')).toBe(renderGlyphs());
  });

  test.each(TEXTS)('%j is as wide as the font makes it', (text) => {
    const width = font.getAdvanceWidth(text, 24, { kerning: false });
    expect(measureText(text, 24)).toBeCloseTo(width, 6);
  });

  test.each(TEXTS)('%j looks as the font draws it', async (text) => {
    const d = font.getPath(text, 10, 30, 24, { kerning: false }).toPathData(3);
    const [ours, theirs] = await Promise.all([
      render(drawText({ text, xPx: 10, baselinePx: 30, sizePx: 24, fill: '#000' })),
      render(`<path d="${d}"/>`),
    ]);
    expect(ours.some((gray) => gray < 64)).toBe(true);
    const difference = ours.reduce((sum, gray, at) => sum + Math.abs(gray - (theirs[at] ?? 0)), 0);
    expect(difference / ours.length).toBeLessThan(0.3);
  });

  test('can end at a place instead of starting there', async () => {
    const params = { text: 'end', baselinePx: 30, sizePx: 24, fill: '#000' };
    const [start, end] = await Promise.all([
      render(drawText({ ...params, xPx: 100 })),
      render(drawText({ ...params, xPx: 100 + measureText('end', 24), anchor: 'end' })),
    ]);
    expect(end.equals(start)).toBe(true);
  });

  test('shows an empty box for what the font does not have', () => {
    expect(measureText('喜', 20)).toBe(10);
    expect(drawText({ text: '喜', xPx: 0, baselinePx: 20, sizePx: 20, fill: '#000' })).toContain('M128 0');
  });

  test('holds no text that a machine would need a font for', () => {
    expect(drawText({ text: '<a & "b">', xPx: 0, baselinePx: 20, sizePx: 20, fill: '#000' })).not.toMatch(
      /<text|[<&"]a|& |b"/u,
    );
  });

  test('has capitals as high as the font says', () => expect(capHeight(2048)).toBe(1456));
});
