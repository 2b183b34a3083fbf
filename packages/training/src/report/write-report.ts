import { writeAtomically } from '../fit/write-atomically.ts';
import { renderReport } from './render-report.ts';
import type { ReportContent } from './report-content.ts';

/**
 * Writes a report on a trained model and how it scores, as one self-contained HTML file; whole or not at all.
 *
 * @param params.file where to, e.g. `dist/training/residual/report.html`.
 * @throws {WriteFailedError} when the file cannot be written.
 */
export const writeReport = async (params: ReportContent & { readonly file: string }): Promise<void> =>
  writeAtomically(params.file, await renderReport(params));
