import { MienError } from '@mien/contract';
import type * as tf from '@tensorflow/tfjs';
import { floatTensor, type FloatTensor } from '../graph/tensor.ts';
import { weightedLayers } from './inner-layers.ts';

/** A weight that holds NaN or infinity: training diverged, or the file is damaged. */
export class NonFiniteWeightError extends MienError {
  override readonly name = 'NonFiniteWeightError';
  constructor(
    readonly weight: string,
    readonly count: number,
    readonly total: number,
  ) {
    super(
      `Weight "${weight}" has ${count} of ${total} values that are NaN or infinite. ` +
        'Export an earlier checkpoint, or train again with a lower learning rate.',
    );
  }
}

/** A layer's weights by their short name (`kernel`, `bias`, `gamma` …). */
export type LayerWeights = ReadonlyMap<string, FloatTensor>;

/** Layers share instances where a model calls one several times, so the layer itself is the key. */
export type ModelWeights = ReadonlyMap<tf.layers.Layer, LayerWeights>;

/**
 * Refuses a weight that is not made of numbers.
 *
 * @param allowInfinity set for constants of graphs, where minus infinity is a mask, and a lone NaN or infinity may be meant.
 * @throws {NonFiniteWeightError} naming the weight.
 */
export const assertFinite = (
  name: string,
  data: Float32Array,
  { allowInfinity = false }: { allowInfinity?: boolean } = {},
): void => {
  if (allowInfinity && data.length === 1) return;
  const isGood = (value: number): boolean => (allowInfinity ? !Number.isNaN(value) : Number.isFinite(value));
  const bad = data.reduce((count, value) => count + (isGood(value) ? 0 : 1), 0);
  if (bad > 0) throw new NonFiniteWeightError(name, bad, data.length);
};

const readWeight = async (name: string, tensor: tf.Tensor): Promise<FloatTensor> => {
  const data = new Float32Array(await tensor.data());
  assertFinite(name, data);
  return floatTensor(tensor.shape, data);
};

/**
 * Reads the weights of every layer, those inside nested models and wrappers included; a recurrent layer's are its cell's.
 *
 * @throws {NonFiniteWeightError} when one holds NaN or infinity.
 */
export const readWeights = async (model: tf.LayersModel): Promise<ModelWeights> => {
  const weights = new Map<tf.layers.Layer, LayerWeights>();
  for (const layer of weightedLayers(model)) {
    const ofLayer = new Map<string, FloatTensor>();
    for (const variable of layer.weights) {
      const short = variable.originalName.slice(variable.originalName.lastIndexOf('/') + 1);
      ofLayer.set(short, await readWeight(variable.originalName, variable.read()));
    }
    weights.set(layer, ofLayer);
  }
  return weights;
};
