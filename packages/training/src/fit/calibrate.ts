import type tf from '@tensorflow/tfjs';
import type { TrainedModelCard } from '@mien/contract';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import { fitTemperature } from '../evaluate/fit-temperature.ts';
import { predict } from '../evaluate/predict.ts';
import { foldTemperature } from './fold-temperature.ts';

/**
 * Makes a model's probabilities honest on the validation images, and puts the temperature into its last layer.
 *
 * @returns what was done, for the card.
 */
export const calibrate = async (
  model: tf.LayersModel,
  dataset: ImageDataset,
): Promise<TrainedModelCard['calibration']> => {
  const { validation, labels } = dataset;
  const probabilities = await predict({ model, split: validation, geometry: dataset });
  const { temperature, eceBefore, eceAfter } = fitTemperature({
    logits: probabilities.map(Math.log),
    targets: validation.targets,
    scored: validation.scored,
    classes: labels.length,
  });
  foldTemperature(model, temperature);
  return { method: 'temperature', temperature, fittedOn: 'validation', eceBefore, eceAfter };
};
