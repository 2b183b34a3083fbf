import { UNSURE_WORDS } from '../../words/unsure-words.ts';

/** How wide the columns of the table are, in characters. */
export interface TableLayout {
  readonly name: number;
  readonly face: number;
  readonly reading: number;
  readonly bar: number;
  readonly box: number;
}

/** Between two columns. */
export const GAP = '  ';

const FIXED = { face: 4, percent: 5, box: 17, quality: 7 };
const GAPS = 5 * GAP.length + 1;
const NAME = { min: 11, max: 40 };
const BAR = { min: 6, max: 20 };

/**
 * Fits the table's columns into a terminal: names are shortened before bars vanish.
 *
 * @param params.columns of the terminal; undefined where nobody looks on, and names stay whole.
 * @param params.longestName in characters.
 */
export const layOutTable = (params: {
  readonly columns: number | undefined;
  readonly longestName: number;
  readonly labels: readonly string[];
}): TableLayout => {
  const { columns, longestName, labels } = params;
  const reading = Math.max(
    ...labels.map((label) => label.length),
    ...UNSURE_WORDS.map((word) => word.length),
  );
  const { face, box } = FIXED;
  if (columns === undefined) return { name: Math.max(NAME.min, longestName), face, reading, bar: 10, box };
  const left = columns - FIXED.face - FIXED.percent - FIXED.box - FIXED.quality - reading - GAPS;
  const name = Math.max(NAME.min, Math.min(longestName, NAME.max, left - BAR.min));
  return { name, face, reading, bar: Math.max(BAR.min, Math.min(BAR.max, left - name)), box };
};
