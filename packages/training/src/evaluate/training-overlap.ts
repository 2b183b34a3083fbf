import type { TrainedModelCard } from '@mien/contract';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import type { Split } from '../dataset/sample.ts';

/** What a model may have seen of the images that it is scored on. */
export type TrainingOverlap = 'trained' | 'selected' | 'none';

type ScoredData = Pick<ImageDataset, 'fingerprint' | 'kind' | 'train' | 'validation'>;

/**
 * The very data of the training run, or the same number of images from the same kind of source: other votes or another
 * protocol change the fingerprint, but not the pictures.
 */
const isTrainingData = ({ training }: TrainedModelCard, data: ScoredData): boolean => {
  const { fingerprint, kind, trainImages, validationImages } = training.dataset;
  if (data.fingerprint === fingerprint) return true;
  const found = trainImages + (training.excluded ?? 0);
  return data.kind === kind && data.train.count === found && data.validation.count === validationImages;
};

/**
 * Tells whether a model was trained, or chosen, on the images that it is scored on. In doubt it says so: figures that
 * look better than they are do more harm than a needless warning.
 */
export const trainingOverlap = (card: TrainedModelCard, data: ScoredData, split: Split): TrainingOverlap => {
  if (split === 'test' || !isTrainingData(card, data)) return 'none';
  return split === 'train' ? 'trained' : 'selected';
};
