import type { ImageDataset, ImageSplit } from '../dataset/image-dataset.ts';
import type { Split } from '../dataset/sample.ts';
import { chooseHead } from './choose-head.ts';
import { chooseSplit } from './choose-split.ts';
import { evaluateModel, type ScoredSplit } from './evaluate-model.ts';
import type { TrainedModel } from './load-trained-model.ts';
import { predictHeads, type PredictProgress } from './predict-heads.ts';
import { predictMirrored } from './predict-mirrored.ts';
import { splitForHead } from './split-for-head.ts';
import { trainingOverlap, type TrainingOverlap } from './training-overlap.ts';

/** How a trained model does on a dataset. */
export interface TrainedModelEvaluation {
  readonly result: ScoredSplit;
  /** The images that were scored. */
  readonly split: ImageSplit;
  /** What the model has seen of these images. */
  readonly overlap: TrainingOverlap;
}

/**
 * Scores a trained model on one split of a dataset.
 *
 * @param params.dataset decoded in the geometry of the model's card.
 * @param params.split by default `test` where the dataset has one, else `validation`.
 * @throws {MissingSplitError} when the dataset has no such split.
 * @throws {UnknownLabelsError} when it has classes that the model does not know.
 * @throws {UnknownHeadError} when the model has no such head.
 */
export const evaluateTrainedModel = async (params: {
  readonly trained: TrainedModel;
  readonly dataset: ImageDataset;
  readonly split?: Split;
  /** The name of another head than the main one. */
  readonly head?: string | undefined;
  /** Averages the probabilities of every picture with those of its mirror image. */
  readonly averagesMirrored?: boolean | undefined;
  readonly onProgress?: (progress: PredictProgress) => void;
}): Promise<TrainedModelEvaluation> => {
  const { trained, dataset, onProgress } = params;
  const { model, card } = trained;
  const chosen = chooseSplit(dataset, params.split);
  const { name } = chosen;
  const head = chooseHead(card, params.head);
  const { images: split, protocol } = splitForHead(dataset, chosen.images, head);
  const overlap = trainingOverlap(card, dataset, name);
  const run = params.averagesMirrored === true ? predictMirrored : predictHeads;
  const heads = await run({
    model,
    split,
    geometry: card.input,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const result = evaluateModel({
    dataset: dataset.name,
    split: name,
    protocol,
    usedForSelection: overlap !== 'none',
    probabilities: heads[head.index] as Float32Array,
    targets: split.targets,
    scored: split.scored,
    labels: head.labels,
  });
  return { result, split, overlap };
};
