import { createRandom, largestDifference, type Random } from '@mien/contract';
import * as tf from '@tensorflow/tfjs';
import { convertLayersModel } from './convert-layers-model.ts';
import { allNodes, type Graph } from './graph/graph.ts';
import type { Shape } from './graph/shape.ts';
import { optimizeGraph } from './passes/optimize-graph.ts';
import type { ModelFiles } from './read/model-files.ts';
import { runOnnxOutputs, type FloatArray } from './verify/run-onnx.ts';
import { writeOnnx } from './write/write-onnx.ts';

tf.enableProdMode();

/** Stacks layers on an input, with random weights. */
export const stack = (inputShape: number[], layers: readonly tf.layers.Layer[]): tf.LayersModel => {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({ inputShape }));
  for (const layer of layers) model.add(layer);
  return randomizeWeights(model);
};

/** Calls a layer on symbolic tensors. */
export const apply = (
  layer: tf.layers.Layer,
  inputs: tf.SymbolicTensor | tf.SymbolicTensor[],
): tf.SymbolicTensor => layer.apply(inputs) as tf.SymbolicTensor;

/** Gives every weight seeded random values; variances stay positive, scales near one. */
export const randomizeWeights = (model: tf.LayersModel, seed = 1): tf.LayersModel => {
  const random = createRandom(seed);
  for (const layer of model.layers) {
    if ('layers' in layer) randomizeWeights(layer as tf.LayersModel, random.integer(1e6));
    for (const variable of layer.weights) {
      const fanIn = variable.shape.slice(0, -1).reduce<number>((product, dim) => product * (dim ?? 1), 1);
      const draw = (): number => {
        if (variable.originalName.endsWith('moving_variance')) return random.uniform(0.3, 2);
        if (variable.originalName.endsWith('gamma')) return random.uniform(0.5, 1.5);
        return random.normal() / Math.sqrt(fanIn);
      };
      const shape = variable.shape as number[];
      variable.write(tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, draw), shape));
    }
  }
  return model;
};

/** Saves a model as `model.save()` would, in memory. */
export const saveModel = async (model: tf.LayersModel): Promise<ModelFiles> => {
  let saved: tf.io.ModelArtifacts | undefined;
  // tfjs warns where recurrent layers get their first states, which it saves all the same.
  const { warn } = console;
  console.warn = () => undefined;
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  console.warn = warn;
  return {
    modelJson: {
      format: 'layers-model',
      modelTopology: saved?.modelTopology,
      weightsManifest: [{ paths: ['weights.bin'], weights: saved?.weightSpecs }],
    },
    weights: { 'weights.bin': new Uint8Array(saved?.weightData as ArrayBuffer) },
  };
};

/** Draws seeded values for one input of a model. */
const randomInput = (tensor: tf.SymbolicTensor, batch: number, random: Random): tf.Tensor => {
  const shape = [batch, ...(tensor.shape.slice(1) as number[])];
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
    shape,
  );
};

/** Float32 data in the layout of a graph's images. */
const toFloatArray = (tensor: tf.Tensor): FloatArray => {
  const channelsFirst = tensor.rank === 4 ? tf.transpose(tensor, [0, 3, 1, 2]) : tensor;
  return { data: Float32Array.from(channelsFirst.dataSync()), shape: channelsFirst.shape };
};

/** What both sides gave for the same model and inputs. */
export interface Comparison {
  readonly graph: Graph;
  readonly ops: readonly string[];
  /** The first output. */
  readonly expected: FloatArray;
  readonly actual: FloatArray;
  /** Over all outputs. */
  readonly largestDifference: number;
  /** True where all outputs have the shapes that tfjs gives them, and those that the graph declares. */
  readonly hasSameShapes: boolean;
}

const fits = (declared: Shape, shape: readonly number[]): boolean =>
  declared.length === shape.length &&
  declared.every((dim, axis) => typeof dim === 'string' || dim === shape[axis]);

/** Converts a model and runs it in tfjs and in onnxruntime on the same random inputs. */
export const compareWithTfjs = async (
  model: tf.LayersModel,
  {
    batch = 2,
    seed = 1,
    files,
    inputs: given,
  }: { batch?: number; seed?: number; files?: ModelFiles; inputs?: readonly tf.Tensor[] } = {},
): Promise<Comparison> => {
  const graph = optimizeGraph(await convertLayersModel(files ?? (await saveModel(model))));
  const random = createRandom(seed, batch);
  const inputs = given ?? model.inputs.map((input) => randomInput(input, batch, random));
  const expected = [model.predict([...inputs])].flat().map(toFloatArray);
  const feeds = graph.inputs.map(({ name }, index) => [name, toFloatArray(inputs[index] as tf.Tensor)]);
  const results = Object.values(
    await runOnnxOutputs(writeOnnx(graph), Object.fromEntries(feeds) as Record<string, FloatArray>),
  );
  const isSame = expected.map(({ shape }, index) => {
    const declared = graph.outputs[index]?.value.shape ?? [];
    return results[index]?.shape.join() === shape.join() && fits(declared, shape);
  });
  return {
    graph,
    ops: allNodes(graph).map((node) => node.op),
    expected: expected[0] as FloatArray,
    actual: results[0] as FloatArray,
    largestDifference: Math.max(
      ...expected.map(({ data }, index) => largestDifference(data, results[index]?.data ?? [])),
    ),
    hasSameShapes: isSame.every(Boolean),
  };
};

/** What is wrong with the graph of a model, if anything: {@link AGREEMENT} where nothing is. */
export const agreementOf = async (...args: Parameters<typeof compareWithTfjs>) => {
  const { hasSameShapes, largestDifference: difference } = await compareWithTfjs(...args);
  return { shapes: hasSameShapes ? 'same' : 'other', values: difference < 1e-5 ? 'same' : difference };
};

/** What {@link agreementOf} gives where both sides agree. */
export const AGREEMENT = { shapes: 'same', values: 'same' };
