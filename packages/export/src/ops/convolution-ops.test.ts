import {
  AGREEMENT,
  attribute,
  compareOp,
  constant,
  fed,
  weights,
  type OneOp,
  type Operand,
} from '../graph-model.test-support.ts';

const { ints, text, texts, int, float } = attribute;

const windows = (['VALID', 'SAME'] as const).flatMap((padding) =>
  [1, 2, 3].flatMap((stride) =>
    (
      [
        [7, 7],
        [8, 8],
        [6, 9],
      ] as const
    ).map(([height, width]) => ({ padding, stride, height, width })),
  ),
);

const sliding = (padding: string, stride: number, dilation = 1) => ({
  padding: text(padding),
  strides: ints([1, stride, stride, 1]),
  dilations: ints([1, dilation, dilation, 1]),
});

const fused = (op: string, activation: string, extra: readonly Operand[], kernel: Operand): OneOp => ({
  op,
  operands: [fed([2, 7, 6, 3]), kernel, ...extra],
  attr: {
    ...sliding('SAME', 2),
    fused_ops: texts(['BiasAdd', ...(activation === '' ? [] : [activation])]),
    num_args: int(extra.length),
    leakyrelu_alpha: float(0.1),
  },
});

describe('convolutions', () => {
  test.each(windows)(
    'Conv2D $padding, stride $stride, $height × $width',
    async ({ padding, stride, height, width }) => {
      const operands = [fed([2, height, width, 3]), weights([3, stride === 3 ? 3 : 2, 3, 5])];
      expect(await compareOp({ op: 'Conv2D', operands, attr: sliding(padding, stride) })).toEqual(AGREEMENT);
    },
  );

  test.each(windows)(
    'DepthwiseConv2dNative $padding, stride $stride, $height × $width',
    async ({ padding, stride, height, width }) => {
      const operands = [fed([2, height, width, 3]), weights([3, 3, 3, 2])];
      expect(
        await compareOp({ op: 'DepthwiseConv2dNative', operands, attr: sliding(padding, stride) }),
      ).toEqual(AGREEMENT);
    },
  );

  test.each(['Conv2D', 'DepthwiseConv2dNative'])('%s with dilation', async (op) => {
    const operands = [fed([2, 9, 10, 3]), weights([3, 3, 3, 2])];
    expect(await compareOp({ op, operands, attr: sliding('SAME', 1, 2) })).toEqual(AGREEMENT);
    expect(await compareOp({ op, operands, attr: sliding('VALID', 1, 2) })).toEqual(AGREEMENT);
  });

  test('Conv2D with explicit padding, and with a kernel that is fed', async () => {
    const attr = { ...sliding('EXPLICIT', 2), explicit_paddings: ints([0, 0, 1, 2, 0, 1, 0, 0]) };
    expect(
      await compareOp({ op: 'Conv2D', operands: [fed([2, 6, 7, 3]), weights([3, 3, 3, 4])], attr }),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp(
        { op: 'Conv2D', operands: [fed([2, 6, 7, 3]), fed([3, 3, 3, 4])], attr: sliding('SAME', 1) },
        ['known'],
      ),
    ).toEqual(AGREEMENT);
  });

  test('Conv2D with channels first', async () => {
    const attr = {
      padding: text('SAME'),
      strides: ints([1, 1, 2, 2]),
      dilations: ints([1, 1, 1, 1]),
      data_format: text('NCHW'),
    };
    expect(
      await compareOp(
        {
          op: 'Conv2D',
          operands: [fed([2, 3, 6, 7]), weights([3, 3, 3, 4])],
          attr: { ...attr, strides: ints([1, 1, 1, 1]) },
        },
        ['known', 'batch'],
      ),
    ).toEqual(AGREEMENT);
  });

  test.each(['', 'Relu', 'Relu6', 'Elu', 'LeakyRelu', 'Sigmoid'])(
    '_FusedConv2D with a bias and "%s"',
    async (activation) => {
      expect(
        await compareOp(fused('_FusedConv2D', activation, [weights([4])], weights([3, 3, 3, 4]))),
      ).toEqual(AGREEMENT);
    },
  );

  test.each(['', 'Relu', 'Relu6', 'Elu'])(
    'FusedDepthwiseConv2dNative with a bias and "%s"',
    async (activation) => {
      expect(
        await compareOp(
          fused('FusedDepthwiseConv2dNative', activation, [weights([6])], weights([3, 3, 3, 2])),
        ),
      ).toEqual(AGREEMENT);
    },
  );

  test('_FusedConv2D with a bias and PReLU', async () => {
    expect(
      await compareOp(
        fused('_FusedConv2D', 'Prelu', [weights([4]), weights([1, 1, 4])], weights([3, 3, 3, 4])),
      ),
    ).toEqual(AGREEMENT);
  });

  test.each([
    { padding: 'SAME', stride: 2, size: 5, target: 10 },
    { padding: 'SAME', stride: 2, size: 5, target: 9 },
    { padding: 'SAME', stride: 1, size: 5, target: 5 },
    { padding: 'SAME', stride: 3, size: 4, target: 11 },
    { padding: 'VALID', stride: 2, size: 5, target: 11 },
    { padding: 'VALID', stride: 2, size: 5, target: 12 },
    { padding: 'VALID', stride: 1, size: 4, target: 6 },
  ])(
    'Conv2DBackpropInput $padding, stride $stride, $size to $target',
    async ({ padding, stride, size, target }) => {
      const operands = [constant([2, target, target, 4]), weights([3, 3, 4, 3]), fed([2, size, size, 3])];
      expect(
        await compareOp({ op: 'Conv2DBackpropInput', operands, attr: sliding(padding, stride) }, [
          'known',
          'batch',
        ]),
      ).toEqual(AGREEMENT);
    },
  );

  test.each(['SAME', 'VALID'])('Conv3D %s', async (padding) => {
    const attr = {
      padding: text(padding),
      strides: ints([1, 1, 2, 1, 1]),
      dilations: ints([1, 1, 1, 1, 1]),
      data_format: text('NDHWC'),
    };
    expect(
      await compareOp({ op: 'Conv3D', operands: [fed([2, 5, 6, 4, 2]), weights([2, 3, 3, 2, 3])], attr }),
    ).toEqual(AGREEMENT);
  });

  test.each(['SAME', 'VALID'])('Conv1D %s', async (padding) => {
    const attr = { padding: text(padding), stride: int(2), dilation: int(1) };
    expect(await compareOp({ op: 'Conv1D', operands: [fed([2, 9, 3]), weights([3, 3, 4])], attr })).toEqual(
      AGREEMENT,
    );
  });
});
