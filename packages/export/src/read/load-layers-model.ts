import * as tf from '@tensorflow/tfjs';
import type { LayerConverters, UnsupportedLayer } from '../layers/layer-call.ts';
import { layerConverters, UnsupportedOpError } from '../layers/registry.ts';
import { joinWeights } from './join-weights.ts';
import { NotATfjsModelError, parseLayersModelJson, type ModelFiles } from './model-files.ts';

/** A LayersModel's files, and how to convert the layers in it that are not tfjs's own. */
export interface LayersModelFiles extends ModelFiles {
  /**
   * Converters for layers of your own, by class. They have to be known to tfjs as well: register them with
   * `tf.serialization.registerClass`, on the same copy of tfjs.
   */
  readonly layerConverters?: LayerConverters;
}

interface LayerJson {
  readonly class_name: string;
  readonly config: { readonly name?: string; readonly layers?: readonly LayerJson[] } | readonly LayerJson[];
}

/** Old Sequential models keep their layers in a list, all others under `layers`. */
const innerLayers = ({ config }: LayerJson): readonly LayerJson[] | undefined =>
  Array.isArray(config) ? config : (config as { layers?: readonly LayerJson[] }).layers;

const unknownLayers = (model: LayerJson, known: LayerConverters): UnsupportedLayer[] =>
  (innerLayers(model) ?? []).flatMap((layer) => {
    if (innerLayers(layer) !== undefined) return unknownLayers(layer, known);
    if (Object.hasOwn(known, layer.class_name)) return [];
    const { name } = layer.config as { name?: string };
    return [{ op: layer.class_name, node: name ?? 'unnamed' }];
  });

/** Names all of them at once. */
const refuseUnknownLayers = (model: LayerJson, known: LayerConverters): void => {
  const [first, ...others] = unknownLayers(model, known);
  if (first !== undefined) throw new UnsupportedOpError(first.op, first.node, others);
};

/**
 * Loads a LayersModel with tfjs-layers itself: its reading of topologies, defaults and weight names is the definition.
 *
 * @returns the model on tfjs's current backend; the caller disposes it.
 * @throws {GraphModelError} for a GraphModel.
 * @throws {NotATfjsModelError} for other JSON, and where tfjs-layers cannot build the model.
 * @throws {MissingWeightsError} when a weight file was not given.
 * @throws {WeightSizeError} when weight files are too short or too long.
 * @throws {UnsupportedOpError} for a layer that cannot be converted, before its weights are read.
 */
export const loadLayersModel = async (files: LayersModelFiles): Promise<tf.LayersModel> => {
  const { topology, weightGroups } = parseLayersModelJson(files.modelJson);
  refuseUnknownLayers(topology as unknown as LayerJson, { ...layerConverters, ...files.layerConverters });
  const weightData = joinWeights(weightGroups, files.weights);
  const weightSpecs = weightGroups.flatMap((group) => group.weights) as tf.io.WeightsManifestEntry[];
  try {
    return await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: topology, weightSpecs, weightData }));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new NotATfjsModelError(`tfjs-layers cannot build it (${reason})`, { cause: error });
  }
};
