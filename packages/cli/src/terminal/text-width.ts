const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** East Asian characters and emoji take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

const columnsOf = (grapheme: string): number => (WIDE.test(grapheme) ? 2 : 1);

const graphemesOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** How many columns of a terminal a text without escape sequences takes. */
export const textWidth = (text: string): number =>
  graphemesOf(text).reduce((width, grapheme) => width + columnsOf(grapheme), 0);

/** Fills a text up with spaces on its right, by columns and not by characters. */
export const padText = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - textWidth(text)));

const takeFrom = (graphemes: readonly string[], width: number): string[] => {
  const taken: string[] = [];
  let left = width;
  for (const grapheme of graphemes) {
    left -= columnsOf(grapheme);
    if (left < 0) break;
    taken.push(grapheme);
  }
  return taken;
};

/** Shortens a text in its middle, where file names differ least from each other; "…" stands for what is gone. */
export const shortenText = (text: string, width: number): string => {
  if (textWidth(text) <= width) return text;
  const graphemes = graphemesOf(text);
  const end = takeFrom(graphemes.toReversed(), Math.ceil((width - 1) * 0.6)).toReversed();
  const start = takeFrom(graphemes, width - 1 - textWidth(end.join('')));
  return `${start.join('')}…${end.join('')}`;
};

/** Shortens a path by its folders first, which say least: "…/name.jpg". */
export const shortenPath = (path: string, width: number): string => {
  if (textWidth(path) <= width) return path;
  const inFolder = `…/${path.slice(path.search(/[^/\\]*$/u))}`;
  return textWidth(inFolder) <= width ? inFolder : shortenText(inFolder.slice(2), width);
};
