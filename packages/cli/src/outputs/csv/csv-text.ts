import { stringify } from 'csv-stringify/sync';
import type { CsvValue } from './csv-columns.ts';

/** Writes rows as RFC 4180 has them, but with "\n"; texts that a spreadsheet would take for a formula are made harmless. */
export const csvText = (rows: readonly (readonly CsvValue[])[]): string =>
  stringify(rows as CsvValue[][], { escape_formulas: true });
