import sharp from 'sharp';
import { renderReport } from './render-report.ts';
import { smallReport } from './report.test-support.ts';

/** What a reader sees: the page without its markup, blanks run together. */
const textOf = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/su, '')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ');

const pictures = (page: string): Buffer[] =>
  [...page.matchAll(/src="data:image\/png;base64,([^"]+)"/gu)].map(([, data]) =>
    Buffer.from(data as string, 'base64'),
  );

/** Elements that HTML never closes. */
const VOID = new Set(['meta', 'img', 'br', 'hr']);

/** Names of elements that are opened and not closed where they should be. */
const unbalanced = (page: string): string[] => {
  const open: string[] = [];
  for (const [, closing, name, rest] of page.matchAll(/<(\/?)([a-zA-Z0-9]+)((?:"[^"]*"|[^">])*)>/gu)) {
    if (VOID.has(name as string) || rest?.endsWith('/')) continue;
    if (closing !== '/') open.push(name as string);
    else if (open.pop() !== name) return [name as string];
  }
  return open;
};

describe('renderReport', () => {
  test('shows the key figures, with the range of the accuracy', async () => {
    const text = textOf(await renderReport(smallReport()));
    // 9 of 12; Wilson's interval by scipy.stats.binomtest(9, 12).proportion_ci(method='wilson').
    expect(text).toContain('Accuracy 75.0 % 46.8 % – 91.1 %');
    expect(text).toContain('Images scored 12');
    expect(text).toContain('Kept: epoch 3');
  });

  test('shows the confusion matrix as counts and per cent of the row', async () => {
    const text = textOf(await renderReport(smallReport()));
    expect(text).toContain('left 5 83 % 1 17 % 6 right 2 33 % 4 67 % 6');
    expect(text).toContain('right → left 2 33.3 %');
  });

  test('shows the mistakes as the very pixels that the model saw, surest first', async () => {
    const content = smallReport();
    const page = await renderReport(content);
    const decoded = await Promise.all(
      pictures(page).map((png) => sharp(png).toColourspace('b-w').raw().toBuffer()),
    );
    expect(decoded.map((pixels) => pixels.toString('hex'))).toEqual(
      [1, 4, 7].map((image) =>
        Buffer.from(content.split.pixels.subarray(image * 64, (image + 1) * 64)).toString('hex'),
      ),
    );
    expect(textOf(page)).toMatch(/right 3 % → left 97 % photo 1\.png left 13 % → right 88 % photo 4\.png/u);
  });

  test('is one whole document that loads nothing and runs nothing', async () => {
    const page = await renderReport(smallReport());
    expect(unbalanced(page)).toEqual([]);
    expect(page).not.toMatch(
      /<script|<link|<iframe|@import|url\(|\bon\w+="|(?:src|href)="(?!data:)|https?:\/\//u,
    );
    expect(textOf(page)).not.toMatch(/undefined|NaN|\[object/u);
  });

  test('takes names for text, never for markup', async () => {
    const name = '"><img src=x onerror=alert(1)>';
    const { card } = smallReport();
    const page = await renderReport(
      smallReport({
        title: name,
        card: { ...card, name, limits: [name] },
        skipped: [{ source: name, reason: name }],
      }),
    );
    expect(page).not.toContain('<img src=x');
    expect(unbalanced(page)).toEqual([]);
  });

  test('warns of figures on images that the model was chosen or trained on', async () => {
    const { result } = smallReport();
    const on = async (split: 'train' | 'validation' | 'test', usedForSelection: boolean): Promise<string> => {
      const evaluation = { ...result.evaluation, split, usedForSelection };
      return renderReport(smallReport({ result: { ...result, evaluation } }));
    };
    expect(await on('validation', true)).toContain('images that chose the model');
    expect(await on('train', true)).toContain('Figures on training images');
    expect(await on('test', false)).not.toContain('class="caution"');
  });

  test('lists what was skipped, and counts what it does not list', async () => {
    const skipped = Array.from({ length: 502 }, (_, row) => ({ source: `row ${row}`, reason: 'too short' }));
    const text = textOf(await renderReport(smallReport({ skipped })));
    expect(text).toContain('502 files or rows were left out');
    expect(text).toContain('row 499 too short');
    expect(text).not.toContain('row 500 too short');
    expect(text).toContain('and 2 more');
  });

  test('leaves out what there is not: curves, mistakes, skipped files', async () => {
    const { result } = smallReport();
    const perfect = { ...result, confusions: [], mistakes: [] };
    const page = await renderReport(smallReport({ history: [], result: perfect }));
    expect(page).not.toMatch(/<h2>(?:Training|Surest mistakes|Skipped)</u);
    expect(pictures(page)).toEqual([]);
    expect(textOf(page)).toContain('None: every image was named rightly.');
    expect(unbalanced(page)).toEqual([]);
  });

  test('gives the same bytes for the same run', async () => {
    expect(await renderReport(smallReport())).toBe(await renderReport(smallReport()));
  });
});
