import { convertGraphModel } from './convert-graph-model.ts';
import { convertLayersModel } from './convert-layers-model.ts';
import type { InputShapes } from './graph-model/declare-inputs.ts';
import type { OpConverters } from './graph-model/op-call.ts';
import type { Graph } from './graph/graph.ts';
import type { ImageLayout } from './graph/image-layout.ts';
import type { LayersModelFiles } from './read/load-layers-model.ts';
import { modelKindOf } from './read/model-files.ts';

/** What to convert, and how the graph meets its users. */
export interface ConvertParams extends LayersModelFiles {
  /** Names of the graph's inputs, in the model's order; the model's own where not given. */
  readonly inputNames?: readonly string[];
  /** Names of the graph's outputs, in the model's order; the model's own where not given. */
  readonly outputNames?: readonly string[];
  /** How images lie at the graph's inputs and outputs: channels last, as in tfjs, where not given. */
  readonly imageLayout?: ImageLayout;
  /** Shapes of inputs that the file leaves open, by input name; -1 for sizes that stay open. */
  readonly inputShapes?: InputShapes;
  /** Converters for operations of your own, by name; or others for those that are known. */
  readonly opConverters?: OpConverters;
  /** Set to get what the model computes inside as outputs, too; see {@link locateDifference}. */
  readonly hasTaps?: boolean;
}

/**
 * Converts any TensorFlow.js model: GraphModels and LayersModels are told apart by their files. The graph takes and
 * gives what the model does.
 *
 * @throws {NotATfjsModelError} for other JSON, and what {@link convertGraphModel} and {@link convertLayersModel} throw.
 *
 * @example
 * const modelJson = JSON.parse(await readFile('model.json', 'utf8'));
 * const graph = optimizeGraph(await convert({ modelJson, weights: { 'group1-shard1of1.bin': bytes } }));
 * await writeFile('model.onnx', writeOnnx(graph));
 */
export const convert = (params: ConvertParams): Promise<Graph> => {
  if (modelKindOf(params.modelJson) === 'graph-model') return convertGraphModel(params);
  return convertLayersModel({ imageLayout: 'channels-last', hasOpenSizes: true, ...params });
};
