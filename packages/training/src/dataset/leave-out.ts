import { readFile } from 'node:fs/promises';
import { DatasetNotFoundError, NothingExcludedError } from './dataset-errors.ts';
import type { DatasetSource } from './open-source.ts';

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
 * Leaves named images out of training, e.g. copies of images that the model is scored on. Images of other splits stay.
 *
 * @param path a text file that names one source a line, as the dataset names them: `train/happy/1.png` or `row 7`.
 * @throws {DatasetNotFoundError} when there is no such file.
 * @throws {NothingExcludedError} on reading, when it names no training image.
 */
export const leaveOut = async (source: DatasetSource, path: string): Promise<DatasetSource> => {
  const excluded = new Set(await readSources(path));
  return {
    ...source,
    identity: [...source.identity, ...[...excluded].sort().map((name) => `without ${name}`)],
    read: async (onProgress) => {
      const read = await source.read(onProgress);
      const isLeftOut = ({ split, source: name }: (typeof read.samples)[number]): boolean =>
        split === 'train' && excluded.has(name);
      const samples = read.samples.filter((sample) => !isLeftOut(sample));
      if (samples.length === read.samples.length) throw new NothingExcludedError(path, source.path);
      const leftOut = read.samples
        .filter(isLeftOut)
        .map(({ source: name }) => ({ source: name, reason: 'left out by the list of exclusions' }));
      return { ...read, samples, leftOut: [...read.leftOut, ...leftOut] };
    },
  };
};
