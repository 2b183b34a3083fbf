import { float, int, ints, subgraph, type Value } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { NCHW_TO_NHWC, NHWC_TO_NCHW } from '../graph/permutation.ts';
import { floatTensor, intTensor, numericTensor } from '../graph/tensor.ts';
import { foldPad } from './fold-pad.ts';
import { foldConstants } from './fold-constants.ts';
import { liftTransposes } from './lift-transposes.ts';
import { mergeDuplicates } from './merge-duplicates.ts';
import { mergeTransposes } from './merge-transposes.ts';
import { nameClip } from './name-clip.ts';
import { nameGlobalPool } from './name-global-pool.ts';
import { nameHardSigmoid } from './name-hard-sigmoid.ts';
import { applyPasses, graphOf, randomConstant } from './passes.test-support.ts';
import { removeIdentities } from './remove-identities.ts';
import { sinkCasts } from './sink-casts.ts';
import { sinkTransposes } from './sink-transposes.ts';

const image = ['N', 3, 4, 5] as const;
const number = (builder: GraphBuilder, value: number): Value => builder.scalar('c', value);
const axes = (builder: GraphBuilder, values: readonly number[]): Value =>
  builder.constant('axes', intTensor(values));

describe('nameClip', () => {
  test.each([
    ['Max', 0, 'Min', 6, 'Clip'],
    ['Min', 6, 'Max', 0, 'Clip'],
    ['Min', 3, 'Min', 5, 'Clip'],
    ['Max', -1, 'Max', 0, 'Relu'],
    ['Max', 4, 'Min', 2, 'Clip'],
  ])('makes one of %s %d and %s %d', async (first, low, second, high, expected) => {
    const graph = graphOf(image, (builder, x) =>
      builder.add(second, 'b', [builder.add(first, 'a', [x, number(builder, low)]), number(builder, high)]),
    );
    expect(await applyPasses(graph, nameClip)).toMatchObject({ ops: expected, isSame: true });
  });

  test('takes the limit from either side, and joins a Relu', async () => {
    const graph = graphOf(image, (builder, x) =>
      builder.add('Relu', 'b', [builder.add('Min', 'a', [number(builder, 1), x])]),
    );
    expect(await applyPasses(graph, nameClip)).toMatchObject({ ops: 'Clip', isSame: true });
  });

  test('leaves a Max of two tensors alone', async () => {
    const graph = graphOf(image, (builder, x) =>
      builder.add('Max', 'a', [x, randomConstant(builder, 'c', [1, 3, 1, 1])]),
    );
    expect(await applyPasses(graph, nameClip)).toMatchObject({ ops: 'Max', isSame: true });
  });
});

describe('nameHardSigmoid', () => {
  const hardSwish = (six: number) =>
    graphOf(image, (builder, x) => {
      const shifted = builder.add('Add', 'a', [x, number(builder, 3)]);
      const clipped = builder.add('Clip', 'b', [shifted, number(builder, 0), number(builder, 6)]);
      return builder.add('Mul', 'd', [x, builder.add('Mul', 'c', [clipped, number(builder, 1 / six)])]);
    });

  test('names relu6(x + 3) / 6', async () => {
    expect(await applyPasses(hardSwish(6), nameHardSigmoid)).toMatchObject({
      ops: 'HardSigmoid Mul',
      isSame: true,
    });
  });

  test('leaves what is only nearly that', async () => {
    expect((await applyPasses(hardSwish(6.01), nameHardSigmoid)).ops).toBe('Add Clip Mul Mul');
  });
});

describe('nameGlobalPool', () => {
  test.each([
    ['ReduceMean', 1, 'GlobalAveragePool'],
    ['ReduceMean', 0, 'GlobalAveragePool Reshape'],
    ['ReduceMax', 1, 'GlobalMaxPool'],
  ])('names %s over height and width, keepdims %d', async (op, keepdims, expected) => {
    const graph = graphOf(image, (builder, x) =>
      builder.add(op, 'a', [x, axes(builder, [-2, 3])], { keepdims: int(keepdims) }),
    );
    expect(await applyPasses(graph, nameGlobalPool)).toMatchObject({ ops: expected, isSame: true });
  });

  test('leaves the mean over other axes', async () => {
    const graph = graphOf(image, (builder, x) => builder.add('ReduceMean', 'a', [x, axes(builder, [1, 2])]));
    expect((await applyPasses(graph, nameGlobalPool)).ops).toBe('ReduceMean');
  });
});

describe('foldConstants', () => {
  test('computes shapes, orders and arithmetic of constants', async () => {
    const graph = graphOf(['N', 3, 2], (builder, x) => {
      const turned = builder.transpose('t', randomConstant(builder, 'c', [2, 3]), [1, 0]);
      const sum = builder.add('Add', 's', [turned, number(builder, 2)]);
      return builder.add('Mul', 'm', [x, builder.add('Unsqueeze', 'u', [sum, axes(builder, [0])])]);
    });
    expect(await applyPasses(graph, foldConstants)).toMatchObject({ ops: 'Mul', isSame: true });
  });
});

describe('mergeDuplicates', () => {
  test('computes once what was computed twice, whatever the constants are called', async () => {
    const graph = graphOf(['N', 3], (builder, x) => {
      const twice = ['a', 'b'].map((label) => {
        const sum = builder.add('Add', label, [x, builder.constant(label, floatTensor([3], [1, 2, 3]))]);
        return builder.add('Exp', label, [sum]);
      });
      return builder.add('Mul', 'm', twice);
    });
    expect(await applyPasses(graph, mergeDuplicates)).toMatchObject({ ops: 'Add Exp Mul', isSame: true });
  });

  test('keeps what differs in a setting, and what is random', async () => {
    const graph = graphOf(['N', 3], (builder, x) =>
      builder.add('Mul', 'm', [
        builder.add('LeakyRelu', 'a', [x], { alpha: float(0.1) }),
        builder.add('LeakyRelu', 'a', [x], { alpha: float(0.2) }),
      ]),
    );
    expect((await applyPasses(graph, mergeDuplicates)).ops).toBe('LeakyRelu LeakyRelu Mul');
    const noise = graphOf([2], (builder) => {
      const [one, other] = [0, 1].map(() => builder.add('RandomNormal', 'r', [], { shape: ints([2]) }));
      return builder.add('Sub', 's', [one as Value, other as Value]);
    });
    expect(mergeDuplicates.apply(noise)).toBe(noise);
  });
});

describe('removeIdentities', () => {
  test('drops an axis that comes and goes, Identity, and Casts there and back', async () => {
    const graph = graphOf(['N', 3], (builder, x) => {
      const there = builder.add('Unsqueeze', 'u', [builder.add('Identity', 'i', [x]), axes(builder, [1])]);
      const back = builder.add('Squeeze', 's', [there, axes(builder, [1])]);
      const places = builder.cast('c', builder.add('ArgMax', 'a', [back], { axis: int(1) }), 'int32');
      return builder.cast('f', builder.cast('l', places, 'int64'), 'float32');
    });
    const { ops, isSame } = await applyPasses(graph, removeIdentities);
    expect({ ops, isSame }).toEqual({ ops: 'ArgMax Cast', isSame: true });
  });

  test('keeps a Cast that cuts something off', async () => {
    const graph = graphOf(['N', 3], (builder, x) =>
      builder.cast('f', builder.cast('i', x, 'int32'), 'float32'),
    );
    expect(await applyPasses(graph, removeIdentities)).toMatchObject({ ops: 'Cast Cast', isSame: true });
  });
});

describe('sinkCasts', () => {
  test('keeps arithmetic on sizes in int64', async () => {
    const graph = graphOf(['N', 'H'], (builder, x) => {
      const size = builder.cast('c', builder.add('Size', 's', [x]), 'int32');
      const grown = builder.add('Add', 'a', [size, builder.constant('one', numericTensor('int32', [], [1]))]);
      return builder.cast('f', builder.cast('l', grown, 'int64'), 'float32');
    });
    expect(await applyPasses(graph, sinkCasts, removeIdentities)).toMatchObject({
      ops: 'Size Add Cast',
      isSame: true,
    });
  });
});

describe('sinkTransposes, behind operators that know axes', () => {
  const turned = (write: (builder: GraphBuilder, x: Value) => Value) =>
    graphOf(image, (builder, x) => write(builder, builder.transpose('t', x, NCHW_TO_NHWC)));

  test.each([
    ['a reduction that keeps axes', { keepdims: 1, axes: [1, 2] }, 'ReduceMean Transpose'],
    ['a reduction over height and width', { keepdims: 0, axes: [1, 2] }, 'ReduceMean'],
    ['a reduction over channels', { keepdims: 0, axes: [3] }, 'ReduceMean'],
    ['a reduction over the batch and channels', { keepdims: 0, axes: [0, -1] }, 'ReduceMean'],
    ['a reduction over height', { keepdims: 0, axes: [1] }, 'ReduceMean Transpose'],
  ])('%s', async (_, { keepdims, axes: over }, expected) => {
    const graph = turned((builder, x) =>
      builder.add('ReduceMean', 'r', [x, axes(builder, over)], { keepdims: int(keepdims) }),
    );
    expect(await applyPasses(graph, sinkTransposes)).toMatchObject({ ops: expected, isSame: true });
  });

  test('Slice, Gather, ArgMax and Squeeze', async () => {
    const sliced = turned((builder, x) =>
      builder.add('Slice', 's', [x, axes(builder, [1]), axes(builder, [3]), axes(builder, [-1])]),
    );
    expect(await applyPasses(sliced, sinkTransposes)).toMatchObject({ ops: 'Slice Transpose', isSame: true });
    const gathered = turned((builder, x) =>
      builder.add('Gather', 'g', [x, builder.constant('i', numericTensor('int64', [], [2]))], {
        axis: int(3),
      }),
    );
    expect(await applyPasses(gathered, sinkTransposes)).toMatchObject({ ops: 'Gather', isSame: true });
    const best = turned((builder, x) =>
      builder.cast('c', builder.add('ArgMax', 'a', [x], { axis: int(3), keepdims: int(0) }), 'float32'),
    );
    expect(await applyPasses(best, sinkTransposes)).toMatchObject({ ops: 'ArgMax Cast', isSame: true });
    const squeezed = graphOf(['N', 3, 1, 5], (builder, x) =>
      builder.add('Squeeze', 's', [builder.transpose('t', x, NCHW_TO_NHWC), axes(builder, [1])]),
    );
    expect(await applyPasses(squeezed, sinkTransposes)).toMatchObject({
      ops: 'Squeeze Transpose',
      isSame: true,
    });
  });
});

describe('liftTransposes', () => {
  test('leaves one Transpose where a node joins what was turned with what was not', async () => {
    const graph = graphOf(['N', 4, 4, 4], (builder, x) => {
      const turned = builder.transpose('a', builder.add('Relu', 'r', [x]), NCHW_TO_NHWC);
      return builder.transpose('b', builder.add('Add', 's', [turned, x]), NHWC_TO_NCHW);
    });
    expect(await applyPasses(graph, liftTransposes, mergeTransposes)).toMatchObject({
      ops: 'Relu Transpose Add',
      isSame: true,
    });
  });
});

describe('Transposes at joins and sizes', () => {
  test('a Concat keeps one where it had two', async () => {
    const graph = graphOf(['N', 4, 4, 4], (builder, x) => {
      const turned = builder.transpose('a', builder.add('Relu', 'r', [x]), NCHW_TO_NHWC);
      return builder.transpose('b', builder.add('Concat', 's', [turned, x], { axis: int(3) }), NHWC_TO_NCHW);
    });
    expect(await applyPasses(graph, liftTransposes, mergeTransposes)).toMatchObject({
      ops: 'Relu Transpose Concat',
      isSame: true,
    });
  });

  test('sizes are read without turning anything, and parts are turned one by one', async () => {
    const sizes = graphOf(['N', 3, 'H', 'W'], (builder, x) =>
      builder.cast(
        'c',
        builder.add('Shape', 's', [builder.transpose('t', x, NCHW_TO_NHWC)], { start: int(1) }),
        'float32',
      ),
    );
    expect(await applyPasses(sizes, sinkTransposes)).toMatchObject({
      ops: 'Shape Gather Cast',
      isSame: true,
    });
    const parts = graphOf(['N', 4, 5, 3], (builder, x) => {
      const turned = builder.transpose('t', x, NCHW_TO_NHWC);
      const [one, other] = builder.addMany('Split', 's', [turned, axes(builder, [2, 2])], {
        axis: int(3),
      }) as [Value, Value];
      return builder.transpose('b', builder.add('Mul', 'm', [one, other]), NHWC_TO_NCHW);
    });
    expect(await applyPasses(parts, sinkTransposes, mergeTransposes)).toMatchObject({
      ops: 'Split Mul',
      isSame: true,
    });
  });
});

describe('foldPad', () => {
  test('looks through the Transpose of an image that comes in channels last', async () => {
    const graph = graphOf(['N', 6, 7, 3], (builder, x) => {
      const padded = builder.add('Pad', 'p', [
        x,
        builder.constant('pads', intTensor([0, 1, 0, 0, 0, 2, 3, 0])),
      ]);
      const window = { kernel_shape: ints([3, 3]), pads: ints([0, 1, 0, 0]), strides: ints([2, 2]) };
      const kernel = randomConstant(builder, 'k', [2, 3, 3, 3]);
      return builder.add('Conv', 'c', [builder.transpose('t', padded, NHWC_TO_NCHW), kernel], window);
    });
    expect(await applyPasses(graph, foldPad)).toMatchObject({ ops: 'Transpose Conv', isSame: true });
  });
});

describe('graphs inside graphs', () => {
  test('are rewritten too, and see what becomes of the values around them', async () => {
    const branch = (write: (builder: GraphBuilder) => Value) => {
      const builder = new GraphBuilder('branch');
      builder.output('r', write(builder));
      return subgraph(builder.build());
    };
    const graph = graphOf(['N', 3], (builder, x) => {
      const same = builder.add('Identity', 'i', [x]);
      const total = builder.add('ReduceSum', 's', [x, axes(builder, [0, 1])], { keepdims: int(0) });
      const isLarge = builder.add('Greater', 'g', [total, number(builder, 0)]);
      const [result] = builder.addMany('If', 'if', [isLarge], {
        then_branch: branch((inner) => inner.add('Neg', 'n', [inner.add('Identity', 'j', [same])])),
        else_branch: branch((inner) => inner.add('Exp', 'e', [same])),
      });
      return result as Value;
    });
    const { ops, isSame, after } = await applyPasses(graph, removeIdentities);
    expect({ ops, isSame }).toEqual({ ops: 'ReduceSum Greater If', isSame: true });
    expect(JSON.stringify(after.nodes.at(-1)?.attributes)).not.toContain('Identity');
  });
});
