import { createRandom, largestDifference } from '@mien/contract';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { GraphBuilder as Builder } from '../graph/graph-builder.ts';
import type { Graph, Value } from '../graph/graph.ts';
import { elementCount, type Shape } from '../graph/shape.ts';
import { floatTensor } from '../graph/tensor.ts';
import { runOnnx, type FloatArray } from '../verify/run-onnx.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { runToFixpoint } from './optimize-graph.ts';
import type { Pass } from './pass.ts';

/** Builds a graph of one input `x` and one output `y`. */
export const graphOf = (shape: Shape, write: (builder: GraphBuilder, x: Value) => Value): Graph => {
  const builder = new Builder('test');
  builder.output('y', write(builder, builder.input('x', shape)));
  return builder.build();
};

/** Makes a seeded constant with values of either sign. */
export const randomConstant = (builder: GraphBuilder, label: string, shape: readonly number[]): Value => {
  const random = createRandom(label.length, ...shape);
  return builder.constant(
    label,
    floatTensor(
      shape,
      Array.from({ length: elementCount(shape) }, () => random.normal()),
    ),
  );
};

/** The operators of a graph in order, in one line. */
export const opsOf = (graph: Graph): string => graph.nodes.map((node) => node.op).join(' ');

const run = (graph: Graph): Promise<FloatArray> => {
  const random = createRandom(3);
  const inputs = graph.inputs.map(({ name, value }) => {
    const shape = value.shape.map((dim) => (typeof dim === 'number' ? dim : 2));
    return [name, { shape, data: Float32Array.from({ length: elementCount(shape) }, () => random.normal()) }];
  });
  return runOnnx(writeOnnx(graph), Object.fromEntries(inputs) as Record<string, FloatArray>);
};

/** Applies passes until they settle, and runs the graph before and after in onnxruntime. */
export const applyPasses = async (graph: Graph, ...passes: readonly Pass[]) => {
  const after = runToFixpoint(graph, passes);
  const [expected, actual] = [await run(graph), await run(after)];
  const isSame =
    expected.shape.join() === actual.shape.join() && largestDifference(expected.data, actual.data) < 1e-5;
  return { ops: opsOf(after), isSame, after };
};
