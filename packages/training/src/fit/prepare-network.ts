import type { ImageDataset } from '../dataset/image-dataset.ts';
import type { Architecture, SecondHead } from '../model/architecture.ts';
import type { FitOptions } from './fit-options.ts';
import { takeInitialWeights, type InitialWeights } from './initial-weights.ts';
import { openNetwork, type Network } from './network.ts';
import type { Recipe } from './recipe.ts';
import { openTeachers, type Teachers } from './teachers.ts';

/** A network that is ready for its first step, and those that it learns from. */
export interface PreparedNetwork {
  readonly network: Network;
  /** What was taken over from another model. */
  readonly initial: InitialWeights | undefined;
  readonly teachers: Teachers | undefined;
  /** Frees all of it. */
  dispose(): void;
}

/** What to prepare. */
export interface PrepareParams {
  readonly architecture: Architecture;
  readonly options: Pick<FitOptions, 'ownLabels' | 'init' | 'teachers' | 'seed'>;
  readonly dataset: ImageDataset;
  readonly recipe: Recipe;
}

const secondHeadOf = ({ options, dataset }: PrepareParams): SecondHead | undefined =>
  options.ownLabels === undefined || dataset.ownLabels === undefined
    ? undefined
    : { name: options.ownLabels, classes: dataset.ownLabels.length };

/**
 * Builds a network for a dataset, with the weights that it is to start from, and loads its teachers.
 *
 * @throws {NoCommonLayersError} when no layer fits the model to start from.
 * @throws {UnfitTeacherError} when a teacher has other labels.
 * @throws {PrecisionUnavailableError} when the backend has no such type.
 */
export const prepareNetwork = async (params: PrepareParams): Promise<PreparedNetwork> => {
  const { architecture, options, dataset, recipe } = params;
  const { seed, init, teachers: folders } = options;
  const { labels, ownLabels, channels } = dataset;
  const model = architecture.build({ classes: labels.length, secondHead: secondHeadOf(params), seed });
  const heads = ownLabels === undefined ? [labels] : [labels, ownLabels];
  const initial = init === undefined ? undefined : await takeInitialWeights(model, heads, init);
  const teachers = folders === undefined ? undefined : await openTeachers(folders, { heads, channels });
  const network = openNetwork(model, seed, recipe.precision);
  const dispose = (): void => {
    teachers?.dispose();
    network.dispose();
  };
  return { network, initial, teachers, dispose };
};
