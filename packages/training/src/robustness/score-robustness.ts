import type { ImageDataset } from '../dataset/image-dataset.ts';
import type { Split } from '../dataset/sample.ts';
import { chooseHead } from '../evaluate/choose-head.ts';
import { chooseSplit } from '../evaluate/choose-split.ts';
import type { TrainedModel } from '../evaluate/load-trained-model.ts';
import { splitForHead } from '../evaluate/split-for-head.ts';
import { trainingOverlap, type TrainingOverlap } from '../evaluate/training-overlap.ts';
import { selectSamples } from '../fit/select-samples.ts';
import type { Corruption } from './corruption.ts';
import { measureRobustness, type RobustnessProgress, type RobustnessTable } from './measure-robustness.ts';

/** Decides which images are looked at where not all are: the same ones for every model. */
const SELECTION_SEED = 1;

/**
 * Scores a trained model on corrupted images of a dataset.
 *
 * @param params.dataset decoded in the geometry of the model's card.
 * @param params.split by default `test` where the dataset has one, else `validation`.
 * @param params.head the name of another head than the main one.
 * @param params.limit most images to look at; by default all.
 * @returns the table, and what the model has seen of these images.
 * @throws {MissingSplitError} when the dataset has no such split.
 * @throws {UnknownHeadError} when the model has no such head.
 * @throws {UnknownLabelsError} when the data has classes that the head does not know.
 */
export const scoreRobustness = async (params: {
  readonly trained: TrainedModel;
  readonly dataset: ImageDataset;
  readonly corruptions: readonly Corruption[];
  readonly split?: Split | undefined;
  readonly head?: string | undefined;
  readonly limit?: number | undefined;
  readonly onProgress?: ((progress: RobustnessProgress) => void) | undefined;
}): Promise<{ readonly table: RobustnessTable; readonly overlap: TrainingOverlap }> => {
  const { trained, dataset, corruptions, limit = Infinity, onProgress } = params;
  const { model, card } = trained;
  const { name, images: all } = chooseSplit(dataset, params.split);
  const head = chooseHead(card, params.head);
  const { images: labelled, protocol } = splitForHead(dataset, all, head);
  const images = selectSamples(labelled, limit, SELECTION_SEED);
  const table = await measureRobustness({
    model,
    geometry: card.input,
    dataset: dataset.name,
    split: name,
    protocol,
    images,
    head,
    targets: images.targets,
    corruptions,
    onProgress,
  });
  const scored = params.head === undefined ? table : { ...table, output: params.head };
  return { table: scored, overlap: trainingOverlap(card, dataset, name) };
};
