import { MienError } from '@mien/contract';
import type { ImageDataset, ImageSplit } from '../dataset/image-dataset.ts';
import { SPLITS, type Split } from '../dataset/sample.ts';
import { alignTargets } from './align-targets.ts';
import { evaluateModel, type ScoredSplit } from './evaluate-model.ts';
import type { TrainedModel } from './load-trained-model.ts';
import { predict, type PredictProgress } from './predict.ts';
import { trainingOverlap, type TrainingOverlap } from './training-overlap.ts';

/** How a trained model does on a dataset. */
export interface TrainedModelEvaluation {
  readonly result: ScoredSplit;
  /** The images that were scored. */
  readonly split: ImageSplit;
  /** What the model has seen of these images. */
  readonly overlap: TrainingOverlap;
}

/** A split that the dataset does not have. */
export class MissingSplitError extends MienError {
  override readonly name = 'MissingSplitError';
  constructor(
    readonly dataset: string,
    readonly split: Split,
    readonly available: readonly Split[],
  ) {
    super(`"${dataset}" has no images in its ${split} split. Choose one of: ${available.join(', ')}.`);
  }
}

const imagesOf = (dataset: ImageDataset, name: Split): ImageSplit => {
  const split = dataset[name];
  if (split !== undefined && split.count > 0) return split;
  const available = SPLITS.filter((other) => (dataset[other]?.count ?? 0) > 0);
  throw new MissingSplitError(dataset.name, name, available);
};

/**
 * Scores a trained model on one split of a dataset.
 *
 * @param params.dataset decoded in the geometry of the model's card.
 * @param params.split by default `test` where the dataset has one, else `validation`.
 * @throws {MissingSplitError} when the dataset has no such split.
 * @throws {UnknownLabelsError} when it has classes that the model does not know.
 */
export const evaluateTrainedModel = async (params: {
  readonly trained: TrainedModel;
  readonly dataset: ImageDataset;
  readonly split?: Split;
  readonly onProgress?: (progress: PredictProgress) => void;
}): Promise<TrainedModelEvaluation> => {
  const { trained, dataset, onProgress } = params;
  const { model, card } = trained;
  const name = params.split ?? (dataset.test === undefined ? 'validation' : 'test');
  const split = imagesOf(dataset, name);
  const targets = alignTargets(split.targets, dataset.labels, card.labels);
  const overlap = trainingOverlap(card, dataset, name);
  const probabilities = await predict({
    model,
    split,
    geometry: card.input,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const result = evaluateModel({
    dataset: dataset.name,
    split: name,
    protocol: dataset.protocol,
    usedForSelection: overlap !== 'none',
    probabilities,
    targets,
    scored: split.scored,
    labels: card.labels,
  });
  return { result, split, overlap };
};
