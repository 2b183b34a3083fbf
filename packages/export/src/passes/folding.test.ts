import type { GraphBuilder } from '../graph/graph-builder.ts';
import { float, int, ints, type Value } from '../graph/graph.ts';
import { floatTensor, intTensor } from '../graph/tensor.ts';
import { foldAffine, foldAffineIntoGemm } from './fold-affine.ts';
import { foldPad } from './fold-pad.ts';
import { runToFixpoint } from './optimize-graph.ts';
import { applyPasses, graphOf, randomConstant } from './passes.test-support.ts';
import { rewritePass } from './pass.ts';

const image = ['N', 2, 6, 5] as const;

const conv = (builder: GraphBuilder, x: Value, { bias = true, pads = [0, 0, 0, 0] } = {}): Value =>
  builder.add(
    'Conv',
    'conv',
    [x, randomConstant(builder, 'k', [3, 2, 2, 2]), ...(bias ? [randomConstant(builder, 'bias', [3])] : [])],
    {
      dilations: ints([1, 1]),
      group: int(1),
      kernel_shape: ints([2, 2]),
      pads: ints(pads),
      strides: ints([2, 1]),
    },
  );

const normalize = (builder: GraphBuilder, x: Value): Value => {
  const channels = x.shape[1] as number;
  const [gamma, beta, mean] = ['gamma', 'beta!', 'mean!!'].map((label) =>
    randomConstant(builder, label, [channels]),
  );
  const variance = builder.constant(
    'variance',
    floatTensor(
      [channels],
      Array.from({ length: channels }, (_, channel) => 0.2 + channel),
    ),
  );
  const inputs = [x, gamma, beta, mean, variance] as Value[];
  return builder.add('BatchNormalization', 'bn', inputs, { epsilon: float(1e-3) });
};

const dense = (builder: GraphBuilder, x: Value, bias: boolean): Value =>
  builder.add('Gemm', 'dense', [
    x,
    randomConstant(builder, 'kernel', [x.shape[1] as number, 3]),
    ...(bias ? [randomConstant(builder, 'bias', [3])] : []),
  ]);

describe('foldAffine', () => {
  test.each([true, false])('folds batch normalisation into a convolution with bias: %p', async (bias) => {
    const graph = graphOf(image, (builder, x) => normalize(builder, conv(builder, x, { bias })));
    expect(await applyPasses(graph, foldAffine)).toMatchObject({ ops: 'Conv', isSame: true });
  });

  test('folds batch normalisation into a dense layer', async () => {
    const graph = graphOf(['N', 4], (builder, x) => normalize(builder, dense(builder, x, true)));
    expect(await applyPasses(graph, foldAffine)).toMatchObject({ ops: 'Gemm', isSame: true });
  });

  test.each([
    ['Mul', [3, 1, 1]],
    ['Add', [1, 3, 1, 1]],
    ['Mul', []],
    ['Add', [1]],
  ])('folds %s by a constant of shape %j', async (op, shape) => {
    const graph = graphOf(image, (builder, x) =>
      builder.add(op, 'affine', [randomConstant(builder, 'constant', shape), conv(builder, x)]),
    );
    expect(await applyPasses(graph, foldAffine)).toMatchObject({ ops: 'Conv', isSame: true });
  });

  test.each([[[4]], [[3, 3, 1]], [[1, 1, 3, 4]]])(
    'keeps a constant that differs between pixels, %j',
    async (shape) => {
      const graph = graphOf(image, (builder, x) =>
        builder.add('Mul', 'affine', [conv(builder, x), randomConstant(builder, 'constant', shape)]),
      );
      expect(await applyPasses(graph, foldAffine)).toMatchObject({ ops: 'Conv Mul', isSame: true });
    },
  );

  test('keeps a node that is not the only reader', async () => {
    const graph = graphOf(image, (builder, x) => {
      const features = conv(builder, x);
      return builder.add('Add', 'join', [normalize(builder, features), features]);
    });
    expect(await applyPasses(graph, foldAffine)).toMatchObject({
      ops: 'Conv BatchNormalization Add',
      isSame: true,
    });
  });
});

describe('foldAffineIntoGemm', () => {
  test.each([true, false])(
    'folds batch normalisation into the dense layer after it, bias: %p',
    async (bias) => {
      const graph = graphOf(['N', 4], (builder, x) => dense(builder, normalize(builder, x), bias));
      expect(await applyPasses(graph, foldAffineIntoGemm)).toMatchObject({ ops: 'Gemm', isSame: true });
    },
  );
});

describe('foldPad', () => {
  test('adds the padding to that of the convolution', async () => {
    const graph = graphOf(image, (builder, x) => {
      const pads = builder.constant('pads', intTensor([0, 0, 1, 0, 0, 0, 2, 3]));
      return conv(builder, builder.add('Pad', 'pad', [x, pads]), { pads: [0, 1, 1, 0] });
    });
    const { ops, isSame, after } = await applyPasses(graph, foldPad);
    expect({ ops, isSame }).toEqual({ ops: 'Conv', isSame: true });
    expect(after.nodes[0]?.attributes['pads']).toEqual(ints([1, 1, 3, 3]));
  });

  test('keeps padding of channels', async () => {
    const graph = graphOf(['N', 1, 6, 5], (builder, x) => {
      const pads = builder.constant('pads', intTensor([0, 1, 0, 0, 0, 0, 0, 0]));
      return conv(builder, builder.add('Pad', 'pad', [x, pads]));
    });
    expect(await applyPasses(graph, foldPad)).toMatchObject({ ops: 'Pad Conv', isSame: true });
  });
});

describe('runToFixpoint', () => {
  test('leaves the graph that it is given as it is', () => {
    const graph = graphOf(image, (builder, x) => normalize(builder, conv(builder, x)));
    const before = graph.nodes.map((node) => node.op);
    runToFixpoint(graph, [foldAffine]);
    expect(graph.nodes.map((node) => node.op)).toEqual(before);
  });

  test('stops passes that undo each other', () => {
    const graph = graphOf(image, (builder, x) => builder.add('Relu', 'a', [x]));
    const again = rewritePass('again', ({ op, label, inputs }, { builder }) =>
      builder.add(op, label, inputs),
    );
    expect(() => runToFixpoint(graph, [again])).toThrow(/again never settle/u);
  });
});
