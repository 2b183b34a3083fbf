import {
  AGREEMENT,
  attribute,
  compareOp,
  compareTiny,
  constant,
  fed,
  modelOf,
  weights,
} from '../graph-model.test-support.ts';

const { bool, text, texts, int, float } = attribute;
const turns = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

describe('matrices', () => {
  test.each(turns)('MatMul, first turned: %p, second turned: %p', async (turnA, turnB) => {
    const attr = { transpose_a: bool(turnA), transpose_b: bool(turnB) };
    const [a, b] = [turnA ? [4, 2] : [2, 4], turnB ? [3, 4] : [4, 3]];
    expect(await compareOp({ op: 'MatMul', operands: [fed(a), weights(b)], attr })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'MatMul', operands: [fed(a), fed(b)], attr })).toEqual(AGREEMENT);
  });

  test.each(turns)('BatchMatMulV2, first turned: %p, second turned: %p', async (turnA, turnB) => {
    const attr = { adj_x: bool(turnA), adj_y: bool(turnB) };
    const [a, b] = [turnA ? [4, 2] : [2, 4], turnB ? [3, 4] : [4, 3]];
    expect(
      await compareOp({ op: 'BatchMatMulV2', operands: [fed([5, ...a]), fed([5, ...b])], attr }, [
        'known',
        'open',
      ]),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({ op: 'BatchMatMul', operands: [fed([2, 5, ...a]), weights([1, 5, ...b])], attr }),
    ).toEqual(AGREEMENT);
  });

  test.each(['', 'Relu', 'Relu6', 'Elu', 'Sigmoid', 'LeakyRelu'])(
    '_FusedMatMul with a bias and "%s"',
    async (activation) => {
      const attr = {
        fused_ops: texts(['BiasAdd', ...(activation === '' ? [] : [activation])]),
        num_args: int(1),
        leakyrelu_alpha: float(0.1),
      };
      expect(
        await compareOp({ op: '_FusedMatMul', operands: [fed([2, 4]), weights([4, 3]), weights([3])], attr }),
      ).toEqual(AGREEMENT);
    },
  );

  test.each([[[1, 0]], [[2, 0, 1]], [[0, 2, 1, 3]]])('Transpose by %j', async (permutation) => {
    const shape = [2, 3, 4, 5].slice(0, permutation.length);
    expect(await compareOp({ op: 'Transpose', operands: [fed(shape), constant(permutation)] })).toEqual(
      AGREEMENT,
    );
  });

  test.each([
    [
      'ij,jk->ik',
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [
      'bij,bjk->bik',
      [
        [2, 3, 4],
        [2, 4, 5],
      ],
    ],
    [
      'abc,cde->abde',
      [
        [2, 3, 4],
        [4, 2, 3],
      ],
    ],
    [
      'bhqd,bhkd->bhqk',
      [
        [2, 2, 3, 4],
        [2, 2, 5, 4],
      ],
    ],
  ])('Einsum %s', async (equation, shapes) => {
    const attr = { equation: text(equation), N: int(2) };
    const operands = shapes.map((shape) => fed(shape));
    expect(await compareOp({ op: 'Einsum', operands, attr }, ['known', 'open'])).toEqual(AGREEMENT);
  });

  test.each([0, 1, 2, -1])('MatrixBandPart with %i on either side', async (width) => {
    const operands = [fed([2, 5, 4]), constant(width), constant(width)];
    expect(await compareOp({ op: 'MatrixBandPart', operands }, ['known', 'batch'])).toEqual(AGREEMENT);
  });

  test('refuses bands of different widths, which tfjs confuses', async () => {
    const operands = [fed([5, 4]), constant(1), constant(2)];
    await expect(compareTiny(modelOf({ op: 'MatrixBandPart', operands }))).rejects.toThrow(
      /different widths/u,
    );
  });
});
