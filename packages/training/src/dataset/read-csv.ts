import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { InvalidCsvError, MissingColumnsError } from './dataset-errors.ts';

/** One row of a CSV file below its header. */
export interface CsvRow {
  /** 1 for the first row below the header. */
  readonly row: number;
  /** The wanted columns, in the order asked for, trimmed; undefined where the row is too short. */
  readonly cells: readonly (string | undefined)[];
}

const normalised = (name: string): string => name.trim().toLowerCase();

/**
 * Streams a CSV file row by row. Columns may stand in any order, more of them than wanted; case and spaces around names do not
 * matter.
 *
 * @param params.onBytes called with the number of bytes read so far.
 * @throws {MissingColumnsError} when the header lacks a wanted column.
 * @throws {InvalidCsvError} when the text is not CSV.
 */
export async function* readCsv(params: {
  readonly path: string;
  readonly columns: readonly string[];
  readonly onBytes?: (bytes: number) => void;
}): AsyncGenerator<CsvRow> {
  const { path, columns, onBytes } = params;
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true });
  file.on('error', (error) => parser.destroy(error));
  file.pipe(parser);
  let positions: readonly number[] | undefined;
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (positions === undefined) {
        const header = record.map(normalised);
        positions = columns.map((column) => header.indexOf(normalised(column)));
        const missing = columns.filter((_, index) => positions?.[index] === -1);
        if (missing.length > 0) throw new MissingColumnsError(path, missing, record);
      } else {
        row += 1;
        yield { row, cells: positions.map((position) => record[position]?.trim()) };
        onBytes?.(file.bytesRead);
      }
    }
    if (positions === undefined) throw new MissingColumnsError(path, columns, []);
  } catch (error) {
    throw isCsvError(error) ? new InvalidCsvError(path, { cause: error }) : error;
  } finally {
    file.destroy();
  }
}

const isCsvError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
