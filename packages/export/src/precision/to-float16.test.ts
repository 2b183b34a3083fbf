import { largestDifference } from '@mien/contract';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { float, int, ints, type Attributes, type Value } from '../graph/graph.ts';
import { floatTensor, intTensor } from '../graph/tensor.ts';
import { graphOf, opsOf, randomConstant } from '../passes/passes.test-support.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { float16Exceptions } from './float16-exceptions.ts';
import { extremesOf, randomImages, runGraph } from './precision.test-support.ts';
import { toFloat16 } from './to-float16.ts';

const image = ['N', 3, 6, 6] as const;

const window = { kernel_shape: ints([3, 3]), pads: ints([1, 1, 1, 1]), strides: ints([2, 2]) };

type Write = (builder: GraphBuilder, x: Value) => Value;

const unary = (op: string, attributes: Attributes = {}): [string, Write] => [
  op,
  (builder, x) => builder.add(op, 'a', [x], attributes),
];

const withConstant = (op: string, shape: readonly number[], attributes: Attributes = {}): [string, Write] => [
  op,
  (builder, x) => builder.add(op, 'a', [x, randomConstant(builder, 'c', shape)], attributes),
];

const OPERATORS: [string, Write][] = [
  ...'Relu Sigmoid Tanh Softplus Softsign Selu Erf Identity'.split(' ').map((op) => unary(op)),
  unary('Elu', { alpha: float(0.5) }),
  unary('LeakyRelu', { alpha: float(0.1) }),
  unary('HardSigmoid', { alpha: float(0.2), beta: float(0.5) }),
  unary('MaxPool', window),
  unary('AveragePool', { ...window, count_include_pad: int(0) }),
  unary('GlobalAveragePool'),
  unary('GlobalMaxPool'),
  unary('Softmax', { axis: int(1) }),
  unary('Transpose', { perm: ints([0, 2, 3, 1]) }),
  unary('Flatten', { axis: int(1) }),
  ...['Add', 'Mul', 'Max', 'Min'].map((op) => withConstant(op, [3, 1, 1])),
  withConstant('PRelu', [3, 1, 1]),
  withConstant('Conv', [4, 3, 3, 3], { ...window, dilations: ints([1, 1]), group: int(1) }),
  withConstant('MatMul', [6, 2]),
  [
    'Clip',
    (builder, x) => builder.add('Clip', 'a', [x, builder.scalar('min', -0.5), builder.scalar('max', 0.25)]),
  ],
  [
    'Concat',
    (builder, x) => builder.add('Concat', 'a', [x, builder.add('Relu', 'r', [x])], { axis: int(1) }),
  ],
  [
    'Pad',
    (builder, x) => builder.add('Pad', 'a', [x, builder.constant('p', intTensor([0, 0, 1, 1, 0, 0, 1, 1]))]),
  ],
  ['Reshape', (builder, x) => builder.reshape('a', x, ['N', 6, 18])],
];

describe('toFloat16', () => {
  test.each(OPERATORS)('computes %s in half floats, between casts', async (op, write) => {
    const graph = graphOf(image, write);
    const half = toFloat16(graph);
    expect(half.nodes.find((node) => node.op === op)?.output.dtype).toBe('float16');
    expect(half.nodes.at(0)?.op).toBe('Cast');
    expect(half.nodes.at(-1)?.op).toBe('Cast');
    const images = randomImages(graph, 3);
    const [expected, actual] = [await runGraph(graph, images), await runGraph(half, images)];
    expect(actual.shape).toEqual(expected.shape);
    // Numbers up to some 10, with 11 bits each.
    expect(largestDifference(expected.data, actual.data)).toBeLessThan(0.02);
  });

  test('casts each value once, however many read it, and back where a node stays in float32', async () => {
    const graph = graphOf(image, (builder, x) => {
      const one = builder.add('Relu', 'one', [x]);
      const other = builder.add('Sigmoid', 'other', [x]);
      return builder.add('Add', 'sum', [one, other]);
    });
    expect(opsOf(toFloat16(graph))).toBe('Cast Relu Sigmoid Add Cast');
    const sigmoid = graph.nodes.filter(({ op }) => op === 'Sigmoid');
    const mixed = toFloat16(graph, new Set(sigmoid));
    expect(opsOf(mixed)).toBe('Cast Relu Sigmoid Cast Add Cast');
    const images = randomImages(graph, 2);
    const [expected, actual] = [await runGraph(graph, images), await runGraph(mixed, images)];
    expect(largestDifference(expected.data, actual.data)).toBeLessThan(0.01);
  });

  test('halves the weights in the file', () => {
    const graph = graphOf(['N', 64], (builder, x) =>
      builder.add('Gemm', 'd', [x, randomConstant(builder, 'k', [64, 64])]),
    );
    const [half, whole] = [writeOnnx(toFloat16(graph)).length, writeOnnx(graph).length];
    expect(half / whole).toBeLessThan(0.55);
  });
});

describe('float16Exceptions', () => {
  const exceptionsOf = async (write: Write, shape: readonly (number | string)[] = image) => {
    const graph = graphOf(shape, write);
    const images = randomImages(graph, 4);
    const exceptions = float16Exceptions(graph, await extremesOf(graph, images));
    return {
      graph,
      images,
      exceptions,
      named: Array.from(exceptions, ([{ label }, why]) => `${label}: ${why}`),
    };
  };

  test('keep a layer whose weights are beyond half floats in float32', async () => {
    const { graph, images, exceptions, named } = await exceptionsOf((builder, x) => {
      const kernel = builder.constant(
        'k',
        floatTensor(
          [6, 2],
          Array.from({ length: 12 }, (_, at) => 1e5 * (at - 6)),
        ),
      );
      const large = builder.add('MatMul', 'large', [x, kernel]);
      return builder.add('Mul', 'small', [large, builder.scalar('s', 1e-5)]);
    });
    expect(named).toEqual(['large: weight too large', 'small: activation too large']);
    const [expected, actual] = [
      await runGraph(graph, images),
      await runGraph(toFloat16(graph, new Set(exceptions.keys())), images),
    ];
    expect(largestDifference(expected.data, actual.data)).toBeLessThan(1e-3);
    expect([...(await runGraph(toFloat16(graph), images)).data].every(Number.isFinite)).toBe(false);
  });

  test('keep what overflowed on the images in float32, and what reads it', async () => {
    const { named } = await exceptionsOf((builder, x) => {
      const large = builder.add('Mul', 'large', [x, builder.scalar('s', 40000)]);
      const bounded = builder.add('Tanh', 'bounded', [large]);
      return builder.add('Relu', 'after', [bounded]);
    });
    expect(named).toEqual(['large: activation too large', 'bounded: activation too large']);
  });

  test('keep averages over many elements and the softmax at the end', async () => {
    const { named } = await exceptionsOf(
      (builder, x) => {
        const pooled = builder.add('AveragePool', 'short', [x], {
          kernel_shape: ints([2, 2]),
          pads: ints([0, 0, 0, 0]),
          strides: ints([2, 2]),
        });
        const mean = builder.add('GlobalAveragePool', 'long', [pooled]);
        const inner = builder.add('Softmax', 'inner', [builder.reshape('flat', mean, ['N', 3])], {
          axis: int(1),
        });
        return builder.add('Softmax', 'final', [inner], { axis: int(1) });
      },
      ['N', 3, 20, 20],
    );
    expect(named).toEqual(['long: long average', 'final: final softmax']);
  });
});
