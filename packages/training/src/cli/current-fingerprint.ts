import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTrainedModelCard } from '@mien/contract';
import { loadDataset } from '../dataset/load-dataset.ts';
import type { FitOptions } from '../fit/fit-options.ts';

/** The fingerprint of the data as it is now, in the geometry of the model that lies in the folder. */
export const currentFingerprint = async (
  folder: string,
  options: FitOptions,
  cacheDir: string,
): Promise<string> => {
  const { data, votes, protocol, ownLabels, exclude, keepDuplicates, seed } = options;
  const keepOwnLabels = ownLabels !== undefined;
  const card = parseTrainedModelCard(JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')));
  const dataset = await loadDataset({
    data,
    votes,
    protocol,
    keepOwnLabels,
    exclude,
    geometry: card.input,
    seed,
    leaveOutDuplicates: keepDuplicates !== true,
    cacheDir,
  });
  return dataset.fingerprint;
};
