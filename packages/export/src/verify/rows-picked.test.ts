import * as tf from '@tensorflow/tfjs';
import { saveModel, stack } from '../agreement.test-support.ts';
import { convert } from '../convert.ts';
import { optimizeGraph } from '../passes/optimize-graph.ts';
import type { NamedValue } from '../graph/graph.ts';
import { randomInputs } from './random-inputs.ts';
import { rowsPicked } from './rows-picked.ts';

const graphOf = async (inputShape: number[], layer: tf.layers.Layer) =>
  optimizeGraph(await convert(await saveModel(stack(inputShape, [layer]))));

describe('inputs that are numbers of rows', () => {
  test('are known by the table that they pick from, and drawn from all of its rows', async () => {
    const graph = await graphOf([50], tf.layers.embedding({ inputDim: 7, outputDim: 2 }));
    const [{ name, value }] = graph.inputs as [NamedValue];
    expect(rowsPicked(graph, value)).toBe(7);
    expect(new Set(Array.from(randomInputs(graph, 4)[name]?.data ?? []))).toEqual(
      new Set([0, 1, 2, 3, 4, 5, 6]),
    );
  });

  test('are none of those that are computed with', async () => {
    const graph = await graphOf([5], tf.layers.dense({ units: 2 }));
    expect(rowsPicked(graph, (graph.inputs as [NamedValue])[0].value)).toBeUndefined();
  });
});
