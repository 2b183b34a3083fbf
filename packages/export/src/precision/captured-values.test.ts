import { largestDifference } from '@mien/contract';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { subgraph, type Graph, type Value } from '../graph/graph.ts';
import { graphOf, opsOf, randomConstant } from '../passes/passes.test-support.ts';
import { extremesOf, randomImages, runGraph } from './precision.test-support.ts';
import { quantizeGraph } from './quantize-graph.ts';
import { toFloat16 } from './to-float16.ts';

/** A branch that reads a value of the graph around it. */
const branch = (op: string, captured: Value): Graph => {
  const builder = new GraphBuilder(op);
  builder.output(`${op}/result`, builder.add(op, op, [captured]));
  return builder.build();
};

/** A dense layer and a Relu that only the branches of an If read. */
const branching = (): Graph =>
  graphOf(['N', 6], (builder, x) => {
    const dense = builder.add('MatMul', 'dense', [x, randomConstant(builder, 'k', [6, 4])]);
    const active = builder.add('Relu', 'active', [dense]);
    const condition = builder.constant('yes', { dtype: 'bool', shape: [], data: Uint8Array.of(1) });
    const [result] = builder.addMany('If', 'if', [condition], {
      then_branch: subgraph(branch('Sigmoid', active)),
      else_branch: subgraph(branch('Tanh', active)),
    });
    return builder.add('MatMul', 'last', [result as Value, randomConstant(builder, 'last', [4, 2])]);
  });

const distance = async (graph: Graph, other: Graph): Promise<number> => {
  const images = randomImages(graph, 5);
  return largestDifference((await runGraph(graph, images)).data, (await runGraph(other, images)).data);
};

describe('values that inner graphs read', () => {
  test('stay float32 in a graph of half floats', async () => {
    const graph = branching();
    const half = toFloat16(graph);
    expect(opsOf(half)).toContain('If');
    expect(await distance(graph, half)).toBeLessThan(0.01);
  });

  test('keep the node that makes them in a graph of 8-bit numbers', async () => {
    const graph = branching();
    const quantized = quantizeGraph(graph, await extremesOf(graph, randomImages(graph, 20)));
    expect(opsOf(quantized)).toContain('Relu');
    expect(await distance(graph, quantized)).toBeLessThan(0.1);
  });
});
