import { readFile } from 'node:fs/promises';
import { DatasetNotFoundError, NothingExcludedError } from './dataset-errors.ts';
import type { ImageDataset } from './image-dataset.ts';
import { withoutTrainingImages } from './without-training-images.ts';

/** Reads a list of sources, one a line; empty lines and lines that begin with # are left out. */
const readSources = async (path: string): Promise<string[]> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new DatasetNotFoundError(path, 'a text file that names one image a line');
  });
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
};

/**
 * Leaves named images out of training, e.g. copies of images that the model is scored on. Images of other splits stay,
 * and so does the division into splits, which is made before.
 *
 * @param list a text file that names one source a line, as the dataset names them: `train/happy/1.png` or `row 7`.
 * @param path where the dataset is, for the message.
 * @throws {DatasetNotFoundError} when there is no such file.
 * @throws {NothingExcludedError} when it names no training image.
 */
export const leaveOut = async (dataset: ImageDataset, list: string, path: string): Promise<ImageDataset> => {
  const excluded = new Set(await readSources(list));
  const reasons = new Map<number, string>();
  for (const [index, source] of dataset.train.sources.entries())
    if (excluded.has(source)) reasons.set(index, 'left out by the list of exclusions');
  if (reasons.size === 0) throw new NothingExcludedError(list, path);
  return { ...withoutTrainingImages(dataset, reasons), listedLeftOut: reasons.size };
};
