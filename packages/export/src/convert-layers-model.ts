import { MienError } from '@mien/contract';
import type * as tf from '@tensorflow/tfjs';
import { GraphBuilder } from './graph/graph-builder.ts';
import type { Graph } from './graph/graph.ts';
import { declareImageInput, declareImageOutput, TAP, type ImageLayout } from './graph/image-layout.ts';
import { BATCH, type Shape } from './graph/shape.ts';
import { ModelWalk } from './layers/model-walk.ts';
import { loadLayersModel, type LayersModelFiles } from './read/load-layers-model.ts';
import { parseLayersModelJson } from './read/model-files.ts';
import { readWeights } from './read/read-weights.ts';

/** A model whose input is known in rank alone: graphs are written for one size. */
export class DynamicShapeError extends MienError {
  override readonly name = 'DynamicShapeError';
  constructor(
    readonly input: string,
    readonly shape: readonly (number | null)[],
  ) {
    super(
      `Input "${input}" has the shape [${shape.map((dim) => dim ?? '?').join(', ')}]; all but the batch must be ` +
        'known. Give the model a fixed inputShape and save it again.',
    );
  }
}

/** What to convert, and the names that the graph's users will see. */
export interface ConvertLayersModelParams extends LayersModelFiles {
  /** Names of the graph's inputs, in the model's order; the model's own where not given. */
  readonly inputNames?: readonly string[];
  /** Names of the graph's outputs, in the model's order; the model's own where not given. */
  readonly outputNames?: readonly string[];
  /** How images lie at the graph's inputs and outputs: `[N, C, H, W]` where not given. */
  readonly imageLayout?: ImageLayout;
  /** Shapes of inputs, by the name of their layer, where they differ from the model's; -1 for open sizes. */
  readonly inputShapes?: Readonly<Record<string, readonly number[]>>;
  /** Set to take open sizes besides the batch; else a graph is for one size. */
  readonly hasOpenSizes?: boolean;
  /** Set to get the results of all layers as outputs, too, named `tap:<layer>` and channels last. */
  readonly hasTaps?: boolean;
}

const SIZE_NAMES = ['H', 'W'];

/** An open size is an error where a graph is for one size, and a symbol where it is not. */
const inputShape = (
  tensor: tf.SymbolicTensor,
  { inputShapes = {}, hasOpenSizes = false }: ConvertLayersModelParams,
): Shape => {
  const name = tensor.sourceLayer.name;
  const told = inputShapes[name]?.map((dim) => (dim < 0 ? null : dim));
  const [batch, ...rest] = told ?? tensor.shape;
  if (rest.includes(null) && !hasOpenSizes) throw new DynamicShapeError(tensor.name, tensor.shape);
  const named = (axis: number): string => (rest.length === 3 && SIZE_NAMES[axis]) || `${name}_${axis + 1}`;
  const sizes = rest.map((dim, axis) => dim ?? named(axis));
  return [told === undefined ? BATCH : (batch ?? BATCH), ...sizes];
};

/** The name that the file gives the model. tfjs numbers nameless ones anew at each load, which would change the bytes. */
const savedName = (modelJson: unknown): string => {
  const { config } = parseLayersModelJson(modelJson).topology as { config: { name?: unknown } };
  return typeof config.name === 'string' ? config.name : 'model';
};

/** Outputs are named after their layers; those of a layer that gives several are numbered. */
const outputNames = (model: tf.LayersModel): readonly string[] => {
  const names: string[] = [];
  for (const { sourceLayer } of model.outputs) {
    let name = sourceLayer.name;
    for (let count = 1; names.includes(name); count++) name = `${sourceLayer.name}_${count}`;
    names.push(name);
  }
  return names;
};

const convertLoaded = async (model: tf.LayersModel, params: ConvertLayersModelParams): Promise<Graph> => {
  const weights = await readWeights(model);
  const builder = new GraphBuilder(savedName(params.modelJson));
  // Layer names come from the file; tensor names are made unique at each load, which would change the bytes.
  const layout = params.imageLayout ?? 'channels-first';
  const inputs = model.inputs.map((tensor, index) =>
    declareImageInput(
      builder,
      params.inputNames?.[index] ?? tensor.sourceLayer.name,
      inputShape(tensor, params),
      layout,
    ),
  );
  const walk = new ModelWalk(builder, weights, params.layerConverters);
  const outputs = walk.run(model, inputs);
  const names = outputNames(model);
  for (const [index, value] of outputs.entries()) {
    declareImageOutput(builder, params.outputNames?.[index] ?? (names[index] as string), value, layout);
  }
  if (params.hasTaps === true) {
    for (const [layer, value] of walk.taps) builder.output(`${TAP}${layer}`, value);
  }
  return builder.build();
};

/**
 * Converts a TensorFlow.js LayersModel, layer by layer. Images are `[N, C, H, W]` at the graph's inputs and outputs;
 * inside, every image operator still stands between two Transposes, which {@link optimizeGraph} removes.
 *
 * Weights are read through tfjs's current backend; any will do.
 *
 * @throws {GraphModelError} for a GraphModel.
 * @throws {NotATfjsModelError} for other JSON.
 * @throws {MissingWeightsError} when a weight file was not given.
 * @throws {WeightSizeError} when weight files are too short or too long.
 * @throws {NonFiniteWeightError} when a weight holds NaN or infinity.
 * @throws {DynamicShapeError} when an input's height, width or channels are not fixed.
 * @throws {UnsupportedOpError} for a layer, or a setting of one, that has no ONNX form here.
 *
 * @example
 * const graph = optimizeGraph(await convertLayersModel({ modelJson, weights: { 'weights.bin': bytes } }));
 * await writeFile('model.onnx', writeOnnx(graph));
 */
export const convertLayersModel = async (params: ConvertLayersModelParams): Promise<Graph> => {
  const model = await loadLayersModel(params);
  try {
    return await convertLoaded(model, params);
  } finally {
    model.dispose();
  }
};
