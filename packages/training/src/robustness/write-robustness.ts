import { join } from 'node:path';
import { writeAtomically } from '../fit/write-atomically.ts';
import { meanByLevel } from './mean-by-level.ts';
import { robustnessPage, type RobustnessPageContent } from './robustness-page.ts';

/** What is written, and where. */
export interface WriteRobustnessParams extends RobustnessPageContent {
  /** The trained model's folder. */
  readonly folder: string;
  /** The dataset's, see `ImageDataset`. */
  readonly fingerprint: string;
  /** What computed. */
  readonly backend: string;
}

/**
 * Writes `robustness.json` and `robustness.html` beside a model; for a further head its name follows a hyphen.
 *
 * @returns the paths of both.
 * @throws {WriteFailedError} when one cannot be written.
 */
export const writeRobustness = async (params: WriteRobustnessParams): Promise<string[]> => {
  const { folder, card, table, fingerprint, backend } = params;
  const { rows, ...rest } = table;
  const content = { model: card.name, fingerprint, backend, ...rest, means: meanByLevel(table), rows };
  const name = table.output === undefined ? 'robustness' : `robustness-${table.output}`;
  const [json, page] = [join(folder, `${name}.json`), join(folder, `${name}.html`)];
  const rendered = await robustnessPage(params);
  await writeAtomically(json, `${JSON.stringify(content, null, 2)}\n`);
  await writeAtomically(page, rendered);
  return [json, page];
};
