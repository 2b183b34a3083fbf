import * as tf from '@tensorflow/tfjs';
import { parseGraphModel } from '../graph-model/parse-graph-model.ts';
import type { Reference } from '../graph-model/reference.ts';
import { joinWeights } from '../read/join-weights.ts';
import { loadLayersModel, type LayersModelFiles } from '../read/load-layers-model.ts';
import { modelKindOf, type ModelFiles } from '../read/model-files.ts';
import type { NumberArray } from './number-array.ts';

/** A model in tfjs, ready to run on arrays. */
export interface RunnableModel {
  /** Runs the model; inputs and outputs are in the model's order. */
  readonly run: (inputs: readonly NumberArray[]) => Promise<readonly NumberArray[]>;
  /** Runs the model and gives what the named nodes or layers make. */
  readonly runInside: (
    inputs: readonly NumberArray[],
    names: readonly string[],
  ) => Promise<readonly NumberArray[]>;
  readonly dispose: () => void;
}

const toTensor = ({ dtype, data, shape }: NumberArray): tf.Tensor => {
  const values = dtype === 'float32' ? Float32Array.from(data) : Int32Array.from(data);
  return tf.tensor(dtype === 'bool' ? Uint8Array.from(data) : values, [...shape], dtype);
};

const toArray = async (tensor: tf.Tensor): Promise<NumberArray> => ({
  dtype: tensor.dtype as NumberArray['dtype'],
  data: (await tensor.data()).slice(),
  shape: tensor.shape,
});

/** Runs with tensors that are gone afterwards. */
const withTensors = async (
  inputs: readonly NumberArray[],
  run: (tensors: tf.Tensor[]) => tf.Tensor[] | Promise<tf.Tensor[]>,
): Promise<readonly NumberArray[]> => {
  const tensors = inputs.map(toTensor);
  let outputs: tf.Tensor[] = [];
  try {
    outputs = await run(tensors);
    return await Promise.all(outputs.map(toArray));
  } finally {
    tf.dispose([...tensors, ...outputs]);
  }
};

/** tfjs warns on the console where a model could have run synchronously, which is none of our callers' business. */
const quietly = async <T>(run: () => Promise<T>): Promise<T> => {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await run();
  } finally {
    console.warn = warn;
  }
};

const nameOf = ({ node, output }: Reference): string => (output === 0 ? node : `${node}:${output}`);

const loadGraphModel = async (files: ModelFiles): Promise<RunnableModel> => {
  const { inputs, outputs, weightGroups } = parseGraphModel(files.modelJson);
  const json = files.modelJson as tf.io.ModelJSON;
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({
      modelTopology: { versions: { producer: 0 }, ...json.modelTopology },
      weightSpecs: weightGroups.flatMap((group) => group.weights) as tf.io.WeightsManifestEntry[],
      weightData: joinWeights(weightGroups, files.weights),
      ...(json.modelInitializer === undefined ? {} : { modelInitializer: json.modelInitializer }),
    }),
  );
  const runFor = (arrays: readonly NumberArray[], names: readonly string[]) =>
    withTensors(arrays, async (tensors) => {
      const feeds = Object.fromEntries(
        tensors.map((tensor, index) => [inputs[index]?.reference.node ?? '', tensor]),
      );
      return [await quietly(() => model.executeAsync(feeds, [...names]))].flat();
    });
  return {
    run: (arrays) =>
      runFor(
        arrays,
        outputs.map(({ reference }) => nameOf(reference)),
      ),
    runInside: runFor,
    dispose: () => model.dispose(),
  };
};

/** What a layer gives last, where it is called several times or gives several results. */
const lastOutput = (layer: tf.layers.Layer): tf.SymbolicTensor =>
  [layer.getOutputAt(layer.inboundNodes.length - 1)].flat().at(-1) as tf.SymbolicTensor;

const loadLayers = async (files: LayersModelFiles): Promise<RunnableModel> => {
  const model = await loadLayersModel(files);
  const predict = (one: tf.LayersModel, tensors: tf.Tensor[]): tf.Tensor[] =>
    [one.predict(tensors.length === 1 ? (tensors[0] as tf.Tensor) : tensors)].flat();
  return {
    run: (inputs) => withTensors(inputs, (tensors) => predict(model, tensors)),
    runInside: (inputs, names) => {
      const outputs = names.map((name) => lastOutput(model.getLayer(name)));
      const inside = tf.model({ inputs: model.inputs, outputs });
      return withTensors(inputs, (tensors) => predict(inside, tensors));
    },
    dispose: () => model.dispose(),
  };
};

/**
 * Loads a model of either kind into tfjs, on its current backend.
 *
 * @throws what reading the model throws.
 */
export const loadRunnable = (files: LayersModelFiles): Promise<RunnableModel> =>
  modelKindOf(files.modelJson) === 'graph-model' ? loadGraphModel(files) : loadLayers(files);
