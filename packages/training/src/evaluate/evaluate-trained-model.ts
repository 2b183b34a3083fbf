import { MienError } from '@mien/contract';
import type { ImageDataset, ImageSplit } from '../dataset/image-dataset.ts';
import { SPLITS, type Split } from '../dataset/sample.ts';
import { alignTargets } from './align-targets.ts';
import { evaluateModel, type ScoredSplit } from './evaluate-model.ts';
import type { TrainedModel } from './load-trained-model.ts';
import { predictHeads, type PredictProgress } from './predict.ts';
import { predictMirrored } from './predict-mirrored.ts';
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

/** A head that the model does not have. */
export class UnknownHeadError extends MienError {
  override readonly name = 'UnknownHeadError';
  constructor(
    readonly model: string,
    readonly head: string,
    readonly available: readonly string[],
  ) {
    super(
      available.length === 0
        ? `"${model}" has one head alone: leave --head out.`
        : `"${model}" has no head "${head}". Leave --head out for the main one, or choose: ${available.join(', ')}.`,
    );
  }
}

/** The place among the outputs, and the labels, of the main head or of one by name. */
const headOf = (
  { labels, otherHeads = [], name }: TrainedModel['card'],
  head: string | undefined,
): { index: number; labels: readonly string[] } => {
  if (head === undefined) return { index: 0, labels };
  const at = otherHeads.findIndex(({ output }) => output === head);
  const found = otherHeads[at];
  const names = otherHeads.map(({ output }) => output);
  if (found === undefined) throw new UnknownHeadError(name, head, names);
  return { index: at + 1, labels: found.labels };
};

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
  const name = params.split ?? (dataset.test === undefined ? 'validation' : 'test');
  const split = imagesOf(dataset, name);
  const { index, labels } = headOf(card, params.head);
  const targets = alignTargets(split.targets, dataset.labels, labels);
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
    protocol: dataset.protocol,
    usedForSelection: overlap !== 'none',
    probabilities: heads[index] as Float32Array,
    targets,
    scored: split.scored,
    labels,
  });
  return { result, split, overlap };
};
