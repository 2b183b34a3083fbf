import { headsOf, MienError, type TrainedModelCard } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { loadTrainedModel } from '../evaluate/load-trained-model.ts';

/** A teacher that answers other questions than its pupil is asked. */
export class UnfitTeacherError extends MienError {
  override readonly name = 'UnfitTeacherError';
  constructor(
    readonly folder: string,
    readonly problem: string,
  ) {
    super(
      `${folder} cannot teach this network: ${problem}. Name a model with the same labels, heads and colour.`,
    );
  }
}

/** Trained models whose answers another network learns. */
export interface Teachers {
  /** What they are called in their cards. */
  readonly names: readonly string[];
  /**
   * The mean of their probabilities, the heads' side by side: `[N, sum of classes]`.
   *
   * @param pixels in [0, 255], `[N, height, width, channels]`; any size that their layers take.
   */
  answer(pixels: tf.Tensor4D): tf.Tensor2D;
  /** Frees them. */
  dispose(): void;
}

/** What a teacher must know. */
export interface Lesson {
  /** Labels of each head, the main one first. */
  readonly heads: readonly (readonly string[])[];
  readonly channels: number;
}

const assertFits = (folder: string, card: TrainedModelCard, { heads, channels }: Lesson): void => {
  if (card.input.channels !== channels)
    throw new UnfitTeacherError(folder, `its pictures have ${card.input.channels} channels, not ${channels}`);
  const theirs = headsOf(card);
  for (const [index, labels] of heads.entries()) {
    const known = theirs[index]?.labels.join(', ') ?? 'nothing';
    if (known !== labels.join(', '))
      throw new UnfitTeacherError(folder, `head ${index + 1} knows ${known}, not ${labels.join(', ')}`);
  }
};

/** All heads of one teacher side by side; by `apply`, which takes crops of any size where `predict` does not. */
const answerOf = (model: tf.LayersModel, heads: number, pixels: tf.Tensor4D): tf.Tensor2D => {
  const output = model.apply(pixels, { training: false }) as tf.Tensor2D | tf.Tensor2D[];
  return tf.concat((Array.isArray(output) ? output : [output]).slice(0, heads), 1);
};

/**
 * Loads trained models to learn from: distillation (Hinton et al. 2015, "Distilling the Knowledge in a Neural
 * Network"), at temperature 1, for the models are calibrated and the labels soft already.
 *
 * @throws {UnfitTeacherError} when one of them has other labels, heads or colour.
 * @throws what `loadTrainedModel` throws.
 */
export const openTeachers = async (folders: readonly string[], lesson: Lesson): Promise<Teachers> => {
  const models: tf.LayersModel[] = [];
  const names: string[] = [];
  const dispose = (): void => {
    for (const model of models) model.dispose();
  };
  try {
    for (const folder of folders) {
      const { model, card } = await loadTrainedModel(folder);
      models.push(model);
      names.push(card.name);
      assertFits(folder, card, lesson);
    }
  } catch (error) {
    dispose();
    throw error;
  }
  const answer = (pixels: tf.Tensor4D): tf.Tensor2D =>
    tf.tidy(() => {
      const answers = models.map((model) => answerOf(model, lesson.heads.length, pixels));
      return tf.addN(answers).div<tf.Tensor2D>(answers.length);
    });
  return { names, answer, dispose };
};
