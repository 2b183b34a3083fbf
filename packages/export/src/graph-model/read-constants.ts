import * as tf from '@tensorflow/tfjs';
import { tensorFromTfjs } from './tfjs-tensor.ts';
import type { Tensor } from '../graph/tensor.ts';
import { joinWeights } from '../read/join-weights.ts';
import type { ModelFiles, WeightGroup } from '../read/model-files.ts';
import { assertFinite } from '../read/read-weights.ts';

/**
 * Reads a GraphModel's constants, quantised ones included, with tfjs's own decoder.
 *
 * @returns the constants by the names of their nodes.
 * @throws {MissingWeightsError} when a weight file was not given.
 * @throws {WeightSizeError} when weight files are too short or too long.
 * @throws {NonFiniteWeightError} when a constant of more than one element holds NaN.
 */
export const readConstants = async (
  groups: readonly WeightGroup[],
  files: ModelFiles['weights'],
): Promise<ReadonlyMap<string, Tensor>> => {
  const specs = groups.flatMap((group) => group.weights) as tf.io.WeightsManifestEntry[];
  const decoded = tf.io.decodeWeights(joinWeights(groups, files), specs);
  const constants = new Map<string, Tensor>();
  try {
    for (const [name, tensor] of Object.entries(decoded)) {
      const constant = await tensorFromTfjs(tensor);
      if (constant.dtype === 'float32') assertFinite(name, constant.data, { allowInfinity: true });
      constants.set(name, constant);
    }
  } finally {
    tf.dispose(decoded);
  }
  return constants;
};
