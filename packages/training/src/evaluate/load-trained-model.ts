import { join } from 'node:path';
import { parseTrainedModelCard, type TrainedModelCard } from '@mien/contract';
import tf from '@tensorflow/tfjs';
import { readModelArtifacts, readModelJson } from './read-model-artifacts.ts';
import { CorruptTrainedModelError, MismatchedCardError } from './trained-model-errors.ts';

/** A trained model, ready to run on the current backend. */
export interface TrainedModel {
  /** Takes pixels in [0, 255], `[N, heightPx, widthPx, channels]`; gives probabilities, `[N, classes]`. The caller disposes it. */
  readonly model: tf.LayersModel;
  readonly card: TrainedModelCard;
}

const shapeText = (shape: unknown): string => `[${(Array.isArray(shape) ? shape.slice(1) : []).join(', ')}]`;

const assertBelongs = (dir: string, model: tf.LayersModel, { input, labels }: TrainedModelCard): void => {
  const cardSays = `input [${input.heightPx}, ${input.widthPx}, ${input.channels}] and output [${labels.length}]`;
  const modelSays = `input ${shapeText(model.inputs[0]?.shape)} and output ${shapeText(model.outputs[0]?.shape)}`;
  if (cardSays === modelSays) return;
  model.dispose();
  throw new MismatchedCardError(dir, cardSays, modelSays);
};

/**
 * Loads what training wrote: `model.json`, its weights, and `card.json`.
 *
 * @param dir folder of the trained model, e.g. `dist/training/residual`.
 * @throws {TrainedModelNotFoundError} when a file is missing.
 * @throws {CorruptTrainedModelError} when a file cannot be read as what it should be.
 * @throws {InvalidModelCardError} when the card does not follow its schema.
 * @throws {MismatchedCardError} when model and card differ in sizes.
 */
export const loadTrainedModel = async (dir: string): Promise<TrainedModel> => {
  const cardFile = join(dir, 'card.json');
  const modelFile = join(dir, 'model.json');
  const card = parseTrainedModelCard(await readModelJson(cardFile), cardFile);
  const artifacts = await readModelArtifacts(modelFile);
  const model = await tf.loadLayersModel({ load: async () => artifacts }).catch((error: unknown) => {
    throw new CorruptTrainedModelError(modelFile, 'TensorFlow.js cannot build its layers', { cause: error });
  });
  assertBelongs(dir, model, card);
  return { model, card };
};
