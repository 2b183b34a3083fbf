import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { headsOf, parseTrainedModelCard } from '@mien/contract';
import { readModelArtifacts, readModelJson } from './read-model-artifacts.ts';

/**
 * A fingerprint of a trained model: of its layers, its weights and the labels of its heads, wherever it lies and whatever
 * else its card says. Needs no TensorFlow.js.
 *
 * @param dir folder of the trained model.
 * @returns SHA-256, hex.
 * @throws {TrainedModelNotFoundError} when a file is missing.
 * @throws {CorruptTrainedModelError} when a file cannot be read as what it should be.
 * @throws {InvalidModelCardError} when the card does not follow its schema.
 */
export const modelFingerprint = async (dir: string): Promise<string> => {
  const cardFile = join(dir, 'card.json');
  const card = parseTrainedModelCard(await readModelJson(cardFile), cardFile);
  const { modelTopology, weightSpecs, weightData } = await readModelArtifacts(join(dir, 'model.json'));
  const heads = headsOf(card).map(({ labels }) => labels);
  return createHash('sha256')
    .update(JSON.stringify({ modelTopology, weightSpecs, heads }))
    .update(new Uint8Array(weightData as ArrayBuffer))
    .digest('hex');
};
