import type { BackendInUse } from '../backend/select-backend.ts';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import type { RunStart } from './fit-observer.ts';
import type { FitOptions } from './fit-options.ts';
import type { PreparedNetwork } from './prepare-network.ts';
import type { Recipe } from './recipe.ts';
import { stepsPerEpochOf } from './run.ts';
import type { SourceModels } from './source-models.ts';

/** A run whose network is ready for its first step. */
export interface PreparedRun extends PreparedNetwork {
  readonly options: FitOptions;
  readonly models: SourceModels;
  readonly recipe: Recipe;
  readonly dataset: ImageDataset;
  readonly backend: BackendInUse;
  /** See `codeHash`. */
  readonly code: string;
  readonly folder: string;
}

/** Everything that shapes a run, as plain JSON: it goes on from a checkpoint only where all of it is the same. */
export const checkpointSettings = ({ options, models, recipe, dataset }: PreparedRun): unknown => {
  const { architecture, seed } = options;
  const { fingerprint, labels, protocol } = dataset;
  const data = { fingerprint, labels: labels.join(', '), protocol };
  return { architecture, seed, ...models, recipe, data };
};

/** What there is to tell of a run before its first step. */
export const describeRun = (run: PreparedRun, isResumed: boolean): RunStart => {
  const { folder, dataset, backend, recipe, options, network, initial, teachers } = run;
  return {
    folder,
    dataset,
    backend,
    recipe,
    architecture: options.architecture,
    parameters: network.model.countParams(),
    stepsPerEpoch: stepsPerEpochOf(recipe, dataset.train.count),
    isResumed,
    initial,
    teachers: teachers?.names,
  };
};
