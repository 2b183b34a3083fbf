import { FER2013_LABELS } from '@mien/contract';
import { assertMostlyUsable } from './assert-mostly-usable.ts';
import type { SkippedSource } from './image-dataset.ts';
import { readCsv, type CsvRow } from './read-csv.ts';
import type { Sample, Split } from './sample.ts';

const SIZE_PX = 48;
const COLUMNS = ['emotion', 'pixels', 'Usage'] as const;
const SPLIT_OF_USAGE: ReadonlyMap<string, Split> = new Map([
  ['training', 'train'],
  ['publictest', 'validation'],
  ['privatetest', 'test'],
]);

/** What `fer2013.csv` holds. */
export interface Fer2013Listing {
  readonly samples: readonly Sample[];
  readonly skipped: readonly SkippedSource[];
  /** All rows, usable or not. */
  readonly rows: number;
}

/** Reads gray values parted by spaces. @returns the pixels, or in words why there are none. */
const parsePixels = (text: string): Uint8Array | string => {
  const pixels = new Uint8Array(SIZE_PX * SIZE_PX);
  let count = 0;
  for (let at = 0; at < text.length;) {
    let value = 0;
    const start = at;
    for (; at < text.length && text.charCodeAt(at) !== 32; at++) {
      const digit = text.charCodeAt(at) - 48;
      value = digit >= 0 && digit <= 9 ? value * 10 + digit : NaN;
    }
    if (at > start) {
      // Also false for NaN.
      if (!(value <= 255)) return `pixel ${text.slice(start, at).slice(0, 12)} is not in 0…255`;
      if (count < pixels.length) pixels[count] = value;
      count += 1;
    }
    at += 1;
  }
  return count === pixels.length ? pixels : `${count} pixels instead of ${pixels.length}`;
};

const parseRow = ({ row, cells }: CsvRow): Sample | string => {
  const [emotion, text, usage] = cells;
  if (emotion === undefined || text === undefined || usage === undefined) return 'too few columns';
  const classIndex = /^\d+$/u.test(emotion) ? Number(emotion) : -1;
  if (FER2013_LABELS[classIndex] === undefined)
    return `unknown emotion "${emotion.slice(0, 20)}", expected 0…6`;
  const split = SPLIT_OF_USAGE.get(usage.toLowerCase());
  if (split === undefined) return `unknown Usage "${usage.slice(0, 20)}"`;
  const gray = parsePixels(text);
  if (typeof gray === 'string') return gray;
  return {
    source: `row ${row}`,
    split,
    classIndex,
    picture: { kind: 'gray', gray, widthPx: SIZE_PX, heightPx: SIZE_PX },
  };
};

/**
 * Reads Kaggle's `fer2013.csv`: `Training` becomes train, `PublicTest` validation, `PrivateTest` test. Streams the
 * file; only the pixels are kept.
 *
 * @throws {MissingColumnsError | InvalidCsvError} when it is another kind of file.
 * @throws {TooManyUnusableError} when over 5 % of the rows are damaged, naming the first.
 */
export const readFer2013Csv = async (
  path: string,
  onBytes?: (bytes: number) => void,
): Promise<Fer2013Listing> => {
  const samples: Sample[] = [];
  const skipped: SkippedSource[] = [];
  for await (const csvRow of readCsv({ path, columns: COLUMNS, ...(onBytes && { onBytes }) })) {
    const sample = parseRow(csvRow);
    if (typeof sample === 'string') skipped.push({ source: `row ${csvRow.row}`, reason: sample });
    else samples.push(sample);
  }
  const rows = samples.length + skipped.length;
  assertMostlyUsable(path, 'rows', skipped, rows);
  return { samples, skipped, rows };
};
