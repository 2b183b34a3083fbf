import type tf from '@tensorflow/tfjs';
import type { InputGeometry } from '@mien/pixels';
import type { ImageSplit } from '../dataset/image-dataset.ts';
import { accuracy } from '../evaluate/accuracy.ts';
import { macroF1 } from '../evaluate/class-scores.ts';
import { confusionMatrix } from '../evaluate/confusion-matrix.ts';
import { predictHeads } from '../evaluate/predict-heads.ts';
import { rowArgMax } from '../evaluate/row-arg-max.ts';
import type { EpochRecord } from './history.ts';
import { sampleLoss } from './loss.ts';
import type { LossName } from './recipe.ts';

/** How a model does on images that it is not trained on. */
export type ValidationScores = Pick<
  EpochRecord,
  'validationLoss' | 'validationAccuracy' | 'validationMacroF1' | 'validationOwnAccuracy'
>;

/** Images at once; more would only need more memory. */
const BATCH_SIZE = 64;

/** The confusion matrix of one head over the samples that count. */
const confusionOf = (
  probabilities: Float32Array,
  targets: Float32Array,
  classes: number,
  counts: (sample: number) => boolean,
): number[][] => {
  const counted = (_: unknown, sample: number): boolean => counts(sample);
  return confusionMatrix({
    truth: rowArgMax(targets, classes).filter(counted),
    predicted: rowArgMax(probabilities, classes).filter(counted),
    classes,
  });
};

/**
 * Scores a model on a split: by its targets on the samples that count, by its own labels, if it has any, on all. The
 * loss is that of training without label smoothing; a soft target's class is its largest.
 */
export const validate = async (params: {
  readonly model: tf.LayersModel;
  readonly split: ImageSplit;
  readonly geometry: InputGeometry;
  readonly loss: LossName;
}): Promise<ValidationScores> => {
  const { model, split, geometry, loss } = params;
  const { count, targets, ownTargets, scored } = split;
  const classes = targets.length / count;
  const [probabilities, own] = (await predictHeads({ model, split, geometry, batchSize: BATCH_SIZE })) as [
    Float32Array,
    Float32Array | undefined,
  ];
  const isScored = (sample: number): boolean => scored[sample] === 1;
  let lossSum = 0;
  let images = 0;
  for (let sample = 0; sample < count; sample++) {
    if (!isScored(sample)) continue;
    lossSum += sampleLoss(loss, probabilities, targets, sample * classes, classes);
    images += 1;
  }
  const confusion = confusionOf(probabilities, targets, classes, isScored);
  return {
    validationLoss: lossSum / images,
    validationAccuracy: accuracy(confusion),
    validationMacroF1: macroF1(confusion),
    ...(own === undefined || ownTargets === undefined
      ? {}
      : {
          validationOwnAccuracy: accuracy(
            confusionOf(own, ownTargets, ownTargets.length / count, () => true),
          ),
        }),
  };
};
