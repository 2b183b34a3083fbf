import type { TrainedModelCard } from '@mien/contract';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import type { Split } from '../dataset/sample.ts';

/** What a model may have seen of the images that it is scored on. */
export type TrainingOverlap = 'trained' | 'selected' | 'none';

type ScoredData = Pick<ImageDataset, 'fingerprint' | 'kind' | 'train' | 'validation'>;

/**
 * The very data of the training run, or as many images to validate on, and no fewer to train on, from the same kind of
 * source: other votes or another protocol change the fingerprint, but not the pictures, and images may have been left
 * out of training.
 */
const isTrainingData = ({ training }: TrainedModelCard, data: ScoredData): boolean => {
  const { fingerprint, kind, trainImages, validationImages } = training.dataset;
  if (data.fingerprint === fingerprint) return true;
  return data.kind === kind && data.train.count >= trainImages && data.validation.count === validationImages;
};

/**
 * Tells whether a model was trained, or chosen, on the images that it is scored on. In doubt it says so: figures that
 * look better than they are do more harm than a needless warning.
 */
export const trainingOverlap = (card: TrainedModelCard, data: ScoredData, split: Split): TrainingOverlap => {
  if (split === 'test' || !isTrainingData(card, data)) return 'none';
  return split === 'train' ? 'trained' : 'selected';
};
