import type { InputGeometry } from '@mien/pixels';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import { loadDataset, type LoadDatasetParams } from '../dataset/load-dataset.ts';
import type { FitOptions } from './fit-options.ts';

/** In which form the images are needed, and how that is gone about. */
export interface LoadTrainingDataParams extends Pick<LoadDatasetParams, 'cacheDir' | 'onProgress'> {
  readonly options: FitOptions;
  readonly geometry: InputGeometry;
}

/** Loads the images that a run's options name, without those that it is not to train on. Throws what `loadDataset` does. */
export const loadTrainingData = async ({
  options,
  ...form
}: LoadTrainingDataParams): Promise<ImageDataset> => {
  const { data, votes, protocol, ownLabels, exclude, keepDuplicates, seed } = options;
  return loadDataset({
    ...form,
    data,
    votes,
    protocol,
    keepOwnLabels: ownLabels !== undefined,
    exclude,
    seed,
    leaveOutDuplicates: keepDuplicates !== true,
  });
};
