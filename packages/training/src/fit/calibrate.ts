import type tf from '@tensorflow/tfjs';
import type { TrainedModelCard } from '@mien/contract';
import { headTargets } from '../dataset/head-targets.ts';
import type { ImageDataset } from '../dataset/image-dataset.ts';
import { fitTemperature } from '../evaluate/fit-temperature.ts';
import { predictHeads } from '../evaluate/predict-heads.ts';
import { foldTemperature } from './fold-temperature.ts';

/**
 * Makes a model's probabilities honest on the validation images, and puts each head's temperature into its layer.
 *
 * @returns what was done to each head, in their order, for the card.
 */
export const calibrate = async (
  model: tf.LayersModel,
  dataset: ImageDataset,
): Promise<TrainedModelCard['calibration'][]> => {
  const { validation } = dataset;
  const probabilities = await predictHeads({ model, split: validation, geometry: dataset });
  return headTargets(dataset, validation).map(({ targets, scored, labels }, head) => {
    const { temperature, eceBefore, eceAfter } = fitTemperature({
      logits: (probabilities[head] as Float32Array).map(Math.log),
      targets,
      scored,
      classes: labels.length,
    });
    foldTemperature(model, temperature, head);
    return { method: 'temperature', temperature, fittedOn: 'validation', eceBefore, eceAfter };
  });
};
