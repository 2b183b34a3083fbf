import { float, int } from '../graph/graph.ts';
import { NCHW_TO_NHWC, NHWC_TO_NCHW } from '../graph/permutation.ts';
import { intTensor } from '../graph/tensor.ts';
import { mergeReshapes } from './merge-reshapes.ts';
import { mergeTransposes } from './merge-transposes.ts';
import { nameFlatten } from './name-flatten.ts';
import { applyPasses, graphOf, randomConstant } from './passes.test-support.ts';
import { permuteGemmRows } from './permute-gemm-rows.ts';
import { sinkTransposes } from './sink-transposes.ts';

const image = ['N', 3, 4, 5] as const;

describe('mergeTransposes', () => {
  test('cancels a Transpose and its inverse', async () => {
    const graph = graphOf(image, (builder, x) =>
      builder.add('Relu', 'r', [
        builder.transpose('b', builder.transpose('a', x, NCHW_TO_NHWC), NHWC_TO_NCHW),
      ]),
    );
    expect(await applyPasses(graph, mergeTransposes)).toMatchObject({ ops: 'Relu', isSame: true });
  });

  test('makes one of two that do not cancel, in the right order', async () => {
    const graph = graphOf(image, (builder, x) =>
      builder.transpose('b', builder.transpose('a', x, [0, 2, 3, 1]), [0, 2, 1, 3]),
    );
    expect(await applyPasses(graph, mergeTransposes)).toMatchObject({ ops: 'Transpose', isSame: true });
  });

  test('makes a Reshape where dimensions of size 1 alone move', async () => {
    const graph = graphOf(['N', 1, 1, 5], (builder, x) => builder.transpose('a', x, NHWC_TO_NCHW));
    expect(await applyPasses(graph, mergeTransposes)).toMatchObject({ ops: 'Reshape', isSame: true });
  });

  test('keeps a Transpose that moves elements', async () => {
    const graph = graphOf(image, (builder, x) => builder.transpose('a', x, NCHW_TO_NHWC));
    const { ops, after } = await applyPasses(graph, mergeTransposes);
    expect(ops).toBe('Transpose');
    expect(after).toBe(graph);
  });
});

describe('mergeReshapes', () => {
  test('makes one of several, and none where the last undoes the first', async () => {
    const there = graphOf(image, (builder, x) =>
      builder.reshape('b', builder.reshape('a', x, ['N', 60]), ['N', 6, 10]),
    );
    expect(await applyPasses(there, mergeReshapes)).toMatchObject({ ops: 'Reshape', isSame: true });
    const andBack = graphOf(image, (builder, x) =>
      builder.add('Relu', 'r', [builder.reshape('b', builder.reshape('a', x, ['N', 60]), image)]),
    );
    expect(await applyPasses(andBack, mergeReshapes)).toMatchObject({ ops: 'Relu', isSame: true });
  });
});

describe('nameFlatten', () => {
  test('names a Reshape to vectors, and no other', async () => {
    const flat = graphOf(image, (builder, x) => builder.reshape('a', x, ['N', 60]));
    expect(await applyPasses(flat, nameFlatten)).toMatchObject({ ops: 'Flatten', isSame: true });
    const rows = graphOf(image, (builder, x) => builder.reshape('a', x, ['N', 12, 5]));
    expect(await applyPasses(rows, nameFlatten)).toMatchObject({ ops: 'Reshape', isSame: true });
  });
});

describe('sinkTransposes', () => {
  test.each([
    ['Relu', {}],
    ['LeakyRelu', { alpha: float(0.1) }],
    ['Softmax', { axis: int(3) }],
    ['LogSoftmax', { axis: int(1) }],
  ])('moves behind %s', async (op, attributes) => {
    const graph = graphOf(image, (builder, x) =>
      builder.add(op, 'a', [builder.transpose('t', x, NCHW_TO_NHWC)], attributes),
    );
    expect(await applyPasses(graph, sinkTransposes)).toMatchObject({ ops: `${op} Transpose`, isSame: true });
  });

  test.each([[[]], [[3]], [[5, 3]], [[4, 5, 3]], [[1, 4, 1, 3]]])(
    'moves behind an Add and a constant of shape %j',
    async (shape) => {
      const graph = graphOf(image, (builder, x) =>
        builder.add('Add', 'a', [
          builder.transpose('t', x, NCHW_TO_NHWC),
          randomConstant(builder, 'c', shape),
        ]),
      );
      expect(await applyPasses(graph, sinkTransposes)).toMatchObject({ ops: 'Add Transpose', isSame: true });
    },
  );

  test('moves behind a node whose inputs share it', async () => {
    const graph = graphOf(image, (builder, x) => {
      const [one, other] = [x, builder.add('Relu', 'r', [x])].map((value) =>
        builder.transpose('t', value, NCHW_TO_NHWC),
      );
      return builder.add('Concat', 'c', [one as typeof x, other as typeof x], { axis: int(3) });
    });
    expect(await applyPasses(graph, sinkTransposes)).toMatchObject({
      ops: 'Relu Concat Transpose',
      isSame: true,
    });
  });

  test('gives the other input a Reshape where that is enough', async () => {
    const graph = graphOf(image, (builder, x) => {
      const gates = builder.reshape('s', builder.add('GlobalAveragePool', 'g', [x]), ['N', 1, 1, 3]);
      return builder.add('Mul', 'm', [builder.transpose('t', x, NCHW_TO_NHWC), gates]);
    });
    expect(await applyPasses(graph, sinkTransposes, mergeReshapes)).toMatchObject({
      ops: 'GlobalAveragePool Mul Transpose',
      isSame: true,
    });
  });

  test('stays before a node whose other input lies differently', async () => {
    const graph = graphOf(['N', 4, 4, 4], (builder, x) =>
      builder.add('Add', 'a', [builder.transpose('t', x, NCHW_TO_NHWC), x]),
    );
    expect(await applyPasses(graph, sinkTransposes)).toMatchObject({ ops: 'Transpose Add', isSame: true });
  });

  test('moves behind Pad, permuting the amounts', async () => {
    const graph = graphOf(image, (builder, x) =>
      builder.add('Pad', 'p', [
        builder.transpose('t', x, NCHW_TO_NHWC),
        builder.constant('pads', intTensor([0, 1, 2, 0, 0, 3, 0, 0])),
      ]),
    );
    expect(await applyPasses(graph, sinkTransposes)).toMatchObject({ ops: 'Pad Transpose', isSame: true });
  });
});

describe('permuteGemmRows', () => {
  test('permutes the kernel instead of the image, through an activation', async () => {
    const graph = graphOf(image, (builder, x) => {
      const flat = builder.reshape('f', builder.transpose('t', x, NCHW_TO_NHWC), ['N', 60]);
      const active = builder.add('Relu', 'r', [flat]);
      return builder.add('Gemm', 'd', [
        active,
        randomConstant(builder, 'k', [60, 2]),
        randomConstant(builder, 'b', [2]),
      ]);
    });
    const result = await applyPasses(graph, sinkTransposes, mergeReshapes, permuteGemmRows);
    expect(result).toMatchObject({ ops: 'Relu Reshape Gemm', isSame: true });
  });

  test('leaves a Transpose that moves the batch', async () => {
    const graph = graphOf([4, 3, 2], (builder, x) => {
      const flat = builder.reshape('f', builder.transpose('t', x, [1, 0, 2]), [3, 8]);
      return builder.add('Gemm', 'd', [flat, randomConstant(builder, 'k', [8, 2])]);
    });
    expect(await applyPasses(graph, permuteGemmRows)).toMatchObject({
      ops: 'Transpose Reshape Gemm',
      isSame: true,
    });
  });
});
