import type tf from '@tensorflow/tfjs';
import type { InputGeometry } from '@mien/pixels';
import type { ImageSplit } from '../dataset/image-dataset.ts';
import { accuracy } from '../evaluate/accuracy.ts';
import { macroF1 } from '../evaluate/class-scores.ts';
import { confusionMatrix } from '../evaluate/confusion-matrix.ts';
import { predict } from '../evaluate/predict.ts';
import { rowArgMax } from '../evaluate/row-arg-max.ts';
import type { EpochRecord } from './history.ts';
import { sampleLoss } from './loss.ts';
import type { LossName } from './recipe.ts';

/** How a model does on images that it is not trained on. */
export type ValidationScores = Pick<
  EpochRecord,
  'validationLoss' | 'validationAccuracy' | 'validationMacroF1'
>;

/** Images at once; more would only need more memory. */
const BATCH_SIZE = 64;

/**
 * Scores a model on a split in which every sample counts. The loss is that of training without label smoothing; a
 * soft target's class is its largest.
 */
export const validate = async (params: {
  readonly model: tf.LayersModel;
  readonly split: ImageSplit;
  readonly geometry: InputGeometry;
  readonly loss: LossName;
}): Promise<ValidationScores> => {
  const { model, split, geometry, loss } = params;
  const classes = split.targets.length / split.count;
  const probabilities = await predict({ model, split, geometry, batchSize: BATCH_SIZE });
  let lossSum = 0;
  for (let sample = 0; sample < split.count; sample++) {
    lossSum += sampleLoss(loss, probabilities, split.targets, sample * classes, classes);
  }
  const confusion = confusionMatrix({
    truth: rowArgMax(split.targets, classes),
    predicted: rowArgMax(probabilities, classes),
    classes,
  });
  return {
    validationLoss: lossSum / split.count,
    validationAccuracy: accuracy(confusion),
    validationMacroF1: macroF1(confusion),
  };
};
