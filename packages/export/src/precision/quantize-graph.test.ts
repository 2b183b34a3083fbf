import { largestDifference } from '@mien/contract';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { float, int, ints, type Attributes, type Graph, type GraphNode, type Value } from '../graph/graph.ts';
import { graphOf, opsOf, randomConstant } from '../passes/passes.test-support.ts';
import { extremesOf, fusedOps, randomImages, runGraph } from './precision.test-support.ts';
import { quantizeGraph } from './quantize-graph.ts';

const image = ['N', 4, 8, 8] as const;

type Write = (builder: GraphBuilder, x: Value) => Value;

const conv = (
  builder: GraphBuilder,
  x: Value,
  { label = 'conv', outputs = 6, group = 1, stride = 1, pad = 1, bias = true } = {},
): Value => {
  const inputs = (x.shape[1] as number) / group;
  const kernel = randomConstant(builder, `${label}/kernel`, [outputs, inputs, 3, 3]);
  return builder.add(
    'Conv',
    label,
    [x, kernel, ...(bias ? [randomConstant(builder, `${label}/bias`, [outputs])] : [])],
    {
      dilations: ints([1, 1]),
      group: int(group),
      kernel_shape: ints([3, 3]),
      pads: ints([pad, pad, pad, pad]),
      strides: ints([stride, stride]),
    },
  );
};

const relu = (builder: GraphBuilder, x: Value, label = 'relu'): Value => builder.add('Relu', label, [x]);

const pool = { kernel_shape: ints([2, 2]), pads: ints([0, 0, 0, 0]), strides: ints([2, 2]) };

/** A layer, what is tested, and a layer that reads it: so that it stands between 8-bit numbers. */
const between =
  (op: string, attributes: Attributes = {}): Write =>
  (builder, x) =>
    conv(builder, builder.add(op, 'a', [conv(builder, x, { label: 'before' })], attributes), {
      label: 'after',
    });

const dense = (builder: GraphBuilder, x: Value, kernel: readonly number[]): Value =>
  builder.add('Gemm', 'dense', [x, randomConstant(builder, 'k', kernel), randomConstant(builder, 'b', [5])]);

const flat = (builder: GraphBuilder, x: Value): Value =>
  builder.add('Flatten', 'flat', [x], { axis: int(1) });

const twoLayers = (builder: GraphBuilder, x: Value): [Value, Value] => [
  conv(builder, x, { label: 'one' }),
  conv(builder, x, { label: 'other!' }),
];

/** What the graph holds, and which operators of onnxruntime it turns into, QuantizeLinear and moving data aside. */
const CASES: [string, string[], Write][] = [
  ['Conv', ['QLinearConv'], (builder, x) => conv(builder, conv(builder, x), { label: 'next' })],
  [
    'Conv of stride 2, no padding',
    ['QLinearConv'],
    (builder, x) => conv(builder, conv(builder, x, { stride: 2, pad: 0 }), { label: 'next' }),
  ],
  [
    'Conv without bias',
    ['QLinearConv'],
    (builder, x) => conv(builder, conv(builder, x, { bias: false }), { label: 'next' }),
  ],
  [
    'depthwise Conv',
    ['QLinearConv'],
    (builder, x) => conv(builder, conv(builder, x, { group: 4, outputs: 4 }), { label: 'next' }),
  ],
  [
    'Conv and Relu',
    ['QLinearConv'],
    (builder, x) => conv(builder, relu(builder, conv(builder, x)), { label: 'next' }),
  ],
  [
    'Conv and Clip',
    ['QLinearConv'],
    (builder, x) => {
      const clipped = builder.add('Clip', 'clip', [
        conv(builder, x),
        builder.scalar('min', 0),
        builder.scalar('max', 6),
      ]);
      return conv(builder, clipped, { label: 'next' });
    },
  ],
  ['Gemm', ['QGemm'], (builder, x) => dense(builder, flat(builder, x), [256, 5])],
  [
    'Gemm of a transposed kernel',
    ['QGemm'],
    (builder, x) => {
      const inputs = [flat(builder, x), randomConstant(builder, 'k', [5, 256])];
      const output: Value = { dtype: 'float32', shape: ['N', 5] };
      builder.adopt({ op: 'Gemm', label: 'dense', inputs, output, attributes: { transB: int(1) } });
      return output;
    },
  ],
  [
    'MatMul',
    ['MatMulIntegerToFloat'],
    (builder, x) => builder.add('MatMul', 'm', [flat(builder, x), randomConstant(builder, 'k', [256, 5])]),
  ],
  [
    'Add',
    ['QLinearAdd', 'QLinearConv'],
    (builder, x) => conv(builder, builder.add('Add', 'add', twoLayers(builder, x)), { label: 'next' }),
  ],
  [
    'Add and Relu',
    ['QLinearAdd', 'QLinearConv'],
    (builder, x) =>
      conv(builder, relu(builder, builder.add('Add', 'add', twoLayers(builder, x))), { label: 'next' }),
  ],
  [
    'Add of a constant',
    ['QLinearAdd', 'QLinearConv'],
    (builder, x) =>
      conv(builder, builder.add('Add', 'add', [conv(builder, x), randomConstant(builder, 'c', [6, 1, 1])]), {
        label: 'next',
      }),
  ],
  [
    'Mul by a gate for each channel',
    ['QLinearConv', 'QLinearGlobalAveragePool', 'QLinearMul', 'QLinearSigmoid'],
    (builder, x) => {
      const features = conv(builder, x);
      const gate = builder.add('Sigmoid', 'gate', [builder.add('GlobalAveragePool', 'mean', [features])]);
      return conv(builder, builder.add('Mul', 'mul', [features, gate]), { label: 'next' });
    },
  ],
  ['MaxPool', ['NhwcMaxPool', 'QLinearConv'], between('MaxPool', pool)],
  [
    'AveragePool',
    ['QLinearAveragePool', 'QLinearConv'],
    between('AveragePool', { ...pool, count_include_pad: int(0) }),
  ],
  ['LeakyRelu', ['QLinearConv', 'QLinearLeakyRelu'], between('LeakyRelu', { alpha: float(0.1) })],
  [
    'Concat',
    ['QLinearConcat', 'QLinearConv'],
    (builder, x) =>
      conv(builder, builder.add('Concat', 'join', twoLayers(builder, x), { axis: int(1) }), {
        label: 'next',
      }),
  ],
  [
    'Softmax, in float',
    ['QGemm', 'Softmax'],
    (builder, x) =>
      builder.add('Softmax', 's', [dense(builder, flat(builder, x), [256, 5])], { axis: int(1) }),
  ],
];

const MOVING = new Set(['DequantizeLinear', 'Flatten', 'QuantizeLinear', 'Reshape', 'Transpose']);

const quantize = async (graph: Graph, inFloat: ReadonlySet<GraphNode> = new Set()) => {
  const images = randomImages(graph, 8);
  const quantized = quantizeGraph(graph, await extremesOf(graph, images), inFloat);
  const [expected, actual] = [await runGraph(graph, images), await runGraph(quantized, images)];
  const largest = Math.max(...expected.data.map(Math.abs));
  return { quantized, relativeError: largestDifference(expected.data, actual.data) / largest };
};

describe('quantizeGraph', () => {
  test.each(CASES)('%s becomes %j in onnxruntime, and gives what it gave in float', async (_, ops, write) => {
    const { quantized, relativeError } = await quantize(graphOf(image, write));
    expect((await fusedOps(quantized)).filter((op) => !MOVING.has(op))).toEqual(ops);
    // Two layers of 8 bits, each right to some half percent of its range.
    expect(relativeError).toBeLessThan(0.03);
    expect(relativeError).toBeGreaterThan(0);
  });

  test('drops a Relu that the 8-bit numbers of its result cannot go below', async () => {
    const graph = graphOf(image, (builder, x) =>
      conv(builder, relu(builder, conv(builder, x)), { label: 'next' }),
    );
    const { quantized } = await quantize(graph);
    expect(opsOf(quantized)).not.toContain('Relu');
    const relus = graph.nodes.filter(({ op }) => op === 'Conv').slice(0, 1);
    expect(opsOf((await quantize(graph, new Set(relus))).quantized)).toContain('Relu');
  });

  test('keeps a Relu of a value that others read too', async () => {
    const graph = graphOf(image, (builder, x) => {
      const features = conv(builder, x);
      return conv(builder, builder.add('Add', 'add', [features, relu(builder, features)]), { label: 'next' });
    });
    const { quantized, relativeError } = await quantize(graph);
    expect(opsOf(quantized)).toContain('Relu');
    expect(relativeError).toBeLessThan(0.03);
  });

  test('lets a node compute in float, and what follows up to the next layer', async () => {
    const graph = graphOf(image, (builder, x) => {
      const sum = builder.add('Add', 'add', twoLayers(builder, x));
      return conv(builder, relu(builder, sum), { label: 'next' });
    });
    const one = graph.nodes.filter(({ label }) => label === 'one');
    const { quantized, relativeError } = await quantize(graph, new Set(one));
    expect(await fusedOps(quantized)).toEqual(expect.arrayContaining(['Add', 'QLinearConv']));
    expect(await fusedOps(quantized)).not.toContain('QLinearAdd');
    expect(relativeError).toBeLessThan(0.03);
  });

  test('keeps inputs and outputs float32', async () => {
    const { quantized } = await quantize(graphOf(image, (builder, x) => conv(builder, x)));
    expect(quantized.inputs[0]?.value.dtype).toBe('float32');
    expect(quantized.outputs[0]?.value.dtype).toBe('float32');
  });

  test('leaves alone what has no layer with weights before it, and values without a range', async () => {
    const sum = graphOf(image, (builder, x) => builder.add('Softmax', 's', [x], { axis: int(1) }));
    expect(opsOf((await quantize(sum)).quantized)).toBe('Softmax');
    const layer = graphOf(image, (builder, x) => conv(builder, builder.add('Tanh', 't', [x])));
    expect(opsOf(quantizeGraph(layer, new Map()))).toBe('Tanh Conv');
    const images = randomImages(layer, 4);
    const extremes = new Map([...(await extremesOf(layer, images))].filter(([name]) => name !== 'y'));
    const partly = quantizeGraph(layer, extremes);
    expect(opsOf(partly)).toContain('QuantizeLinear');
    const [expected, actual] = [await runGraph(layer, images), await runGraph(partly, images)];
    expect(largestDifference(expected.data, actual.data)).toBeLessThan(0.3);
  });
});
