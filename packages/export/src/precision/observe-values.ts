import type { Graph, Value } from '../graph/graph.ts';
import type { Arrays } from '../verify/number-array.ts';
import { openSession } from '../verify/open-session.ts';
import { toFeeds } from '../verify/run-graph.ts';
import { withGraphFile } from '../files/with-graph-file.ts';
import { valueNames } from './value-names.ts';

/** The smallest and the largest number that a value took. */
export interface Extreme {
  readonly min: number;
  readonly max: number;
}

/** {@link Extreme} by value name. */
export type Extremes = ReadonlyMap<string, Extreme>;

/** Is told the elements of one value for one portion of samples. */
export type Observer = (name: string, elements: ArrayLike<number>) => void;

const floatValues = (graph: Graph): Value[] =>
  graph.nodes.map(({ output }) => output).filter(({ dtype }) => dtype === 'float32');

/** The graph with every float that it computes as an output, under the name that it has in the file. */
const exposeValues = (graph: Graph): Graph => {
  const { ofValue } = valueNames(graph);
  const outputs = new Map(floatValues(graph).map((value) => [ofValue.get(value) as string, value]));
  return { ...graph, outputs: Array.from(outputs, ([name, value]) => ({ name, value })) };
};

/** Runs a graph on onnxruntime and shows every float that flows in it, the inputs included. */
export const observeValues = (graph: Graph, portions: Iterable<Arrays>, observe: Observer): Promise<void> =>
  withGraphFile(exposeValues(graph), async (file) => {
    const session = await openSession(file);
    try {
      for (const portion of portions) {
        const results = await session.run(toFeeds(portion));
        for (const [name, { data }] of Object.entries(portion)) observe(name, data);
        for (const [name, tensor] of Object.entries(results)) {
          observe(name, tensor.data as Float32Array);
          tensor.dispose();
        }
      }
    } finally {
      await session.release();
    }
  });

/** Finds between which numbers every value of a graph lies, NaN where one is not a number. */
export const observeExtremes = async (graph: Graph, portions: Iterable<Arrays>): Promise<Extremes> => {
  const extremes = new Map<string, Extreme>();
  await observeValues(graph, portions, (name, elements) => {
    let { min, max } = extremes.get(name) ?? { min: Infinity, max: -Infinity };
    for (let index = 0; index < elements.length; index++) {
      min = Math.min(min, elements[index] as number);
      max = Math.max(max, elements[index] as number);
    }
    extremes.set(name, { min, max });
  });
  return extremes;
};
