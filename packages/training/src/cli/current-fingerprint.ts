import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTrainedModelCard } from '@mien/contract';
import type { FitOptions } from '../fit/fit-options.ts';
import { loadTrainingData } from '../fit/load-training-data.ts';

/** The fingerprint of the data as it is now, in the geometry of the model that lies in the folder. */
export const currentFingerprint = async (
  folder: string,
  options: FitOptions,
  cacheDir: string,
): Promise<string> => {
  const card = parseTrainedModelCard(JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')));
  const { fingerprint } = await loadTrainingData({ options, geometry: card.input, cacheDir });
  return fingerprint;
};
