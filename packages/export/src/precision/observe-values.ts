import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Graph, Value } from '../graph/graph.ts';
import type { FloatArray } from '../verify/run-onnx.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { valueNames } from './value-names.ts';

/** The smallest and the largest number that a value took. */
export interface Extreme {
  readonly min: number;
  readonly max: number;
}

/** {@link Extreme} by value name. */
export type Extremes = ReadonlyMap<string, Extreme>;

/** Is told the elements of one value for one batch of images. */
export type Observer = (name: string, elements: Float32Array) => void;

const floatValues = (graph: Graph): Value[] =>
  graph.nodes.map(({ output }) => output).filter(({ dtype }) => dtype === 'float32');

/** The graph with every float that it computes as an output, under the name that it has in the file. */
const exposeValues = (graph: Graph): Graph => {
  const { ofValue } = valueNames(graph);
  const outputs = new Map(floatValues(graph).map((value) => [ofValue.get(value) as string, value]));
  return { ...graph, outputs: Array.from(outputs, ([name, value]) => ({ name, value })) };
};

/**
 * Runs a graph of one image input on onnxruntime and shows every float that flows in it, the input included.
 *
 * @param batches `[batch, channels, height, width]` each.
 */
export const observeValues = async (
  graph: Graph,
  batches: Iterable<FloatArray>,
  observe: Observer,
): Promise<void> => {
  const [input] = graph.inputs;
  if (input === undefined) throw new TypeError('The graph has no input.');
  const session = await InferenceSession.create(writeOnnx(exposeValues(graph)), { logSeverityLevel: 3 });
  try {
    for (const { data, shape } of batches) {
      const results = await session.run({ [input.name]: new Tensor('float32', data, shape) });
      observe(input.name, data);
      for (const [name, tensor] of Object.entries(results)) {
        observe(name, tensor.data as Float32Array);
        tensor.dispose();
      }
    }
  } finally {
    await session.release();
  }
};

/** Finds between which numbers every value of a graph lies, NaN where one is not a number. */
export const observeExtremes = async (graph: Graph, batches: Iterable<FloatArray>): Promise<Extremes> => {
  const extremes = new Map<string, Extreme>();
  await observeValues(graph, batches, (name, elements) => {
    let { min, max } = extremes.get(name) ?? { min: Infinity, max: -Infinity };
    for (const element of elements) {
      min = Math.min(min, element);
      max = Math.max(max, element);
    }
    extremes.set(name, { min, max });
  });
  return extremes;
};
