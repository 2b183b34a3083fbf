import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../fit/write-atomically.ts';
import { renderInspection } from '../report/inspection/render-inspection.ts';
import type { InspectionContent } from '../report/inspection/inspection-content.ts';
import { exclusionList } from './exclusion-list.ts';
import { inspectionJson } from './inspection-json.ts';

/**
 * Writes what an inspection found into a folder: `inspect.html` to look at, `inspect.json` for programs, and
 * `exclude.txt` for training where there is anything to exclude.
 *
 * @returns the paths of what was written.
 * @throws {WriteFailedError} when a file cannot be written.
 */
export const writeInspection = async (
  params: InspectionContent & { readonly folder: string },
): Promise<string[]> => {
  const { inspection, problems, dataset, folder } = params;
  const exclusions = exclusionList(inspection, new Set(dataset.train.sources));
  const exclude = join(folder, 'exclude.txt');
  const files = new Map([
    [join(folder, 'inspect.html'), await renderInspection(params)],
    [join(folder, 'inspect.json'), inspectionJson(inspection, problems)],
    ...(exclusions === undefined ? [] : [[exclude, exclusions] as const]),
  ]);
  for (const [file, content] of files) await writeAtomically(file, content);
  // One of an earlier inspection would not be of this data.
  if (exclusions === undefined) await rm(exclude, { force: true });
  return [...files.keys()];
};
