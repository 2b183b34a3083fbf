import { FERPLUS_LABELS } from '@mien/contract';
import { assertMostlyUsable } from './assert-mostly-usable.ts';
import type { SkippedSource } from './image-dataset.ts';
import { readCsv, type CsvRow } from './read-csv.ts';

/** What the taggers of FER+ could vote for: eight emotions, "unknown", and "not a face". */
export const VOTE_COLUMNS = [...FERPLUS_LABELS, 'unknown', 'NF'] as const;

/** The votes of one image. */
export interface VoteRow {
  /** Empty where FER+ holds the image for unusable. */
  readonly imageName: string;
  /** Votes in the order of {@link VOTE_COLUMNS}; undefined where the row is damaged. */
  readonly votes: readonly number[] | undefined;
}

const parseVotes = ({ cells }: CsvRow): readonly number[] | undefined => {
  const votes = cells
    .slice(1)
    .map((cell) => (cell !== undefined && /^\d+$/u.test(cell) ? Number(cell) : NaN));
  return votes.some(Number.isNaN) ? undefined : votes;
};

/**
 * Reads the votes of FER+ (`fer2013new.csv`), one row per image, in the order of the file.
 *
 * @throws {MissingColumnsError | InvalidCsvError} when it is another kind of file.
 * @throws {TooManyUnusableError} when over 5 % of the rows are damaged, naming the first.
 */
export const readVotes = async (path: string): Promise<VoteRow[]> => {
  const rows: VoteRow[] = [];
  const damaged: SkippedSource[] = [];
  for await (const csvRow of readCsv({ path, columns: ['Image name', ...VOTE_COLUMNS] })) {
    const votes = parseVotes(csvRow);
    if (votes === undefined)
      damaged.push({ source: `row ${csvRow.row}`, reason: 'votes must be whole numbers in ten columns' });
    rows.push({ imageName: csvRow.cells[0] ?? '', votes });
  }
  assertMostlyUsable(path, 'rows', damaged, rows.length);
  return rows;
};
