import { AGREEMENT, attribute, compareOp, constant, fed } from '../graph-model.test-support.ts';

const { bool } = attribute;
const ops = ['Max', 'Mean', 'Min', 'Sum', 'Prod'];

describe('reductions', () => {
  test.each(ops)('%s over some axes, negative ones, all, and none', async (op) => {
    for (const axes of [[1], [-1], [1, 2], [0, 1, 2], []]) {
      for (const keep of [false, true]) {
        const operands = [fed([2, 3, 4]), constant(axes)];
        expect([axes, keep, await compareOp({ op, operands, attr: { keep_dims: bool(keep) } })]).toEqual([
          axes,
          keep,
          AGREEMENT,
        ]);
      }
    }
  });

  // tfjs cannot take norms over three axes.
  test.each([[[1]], [[-1]], [[1, 2]]])('EuclideanNorm over axes %j', async (axes) => {
    for (const keep of [false, true]) {
      const operands = [fed([2, 3, 4]), constant(axes)];
      expect(await compareOp({ op: 'EuclideanNorm', operands, attr: { keep_dims: bool(keep) } })).toEqual(
        AGREEMENT,
      );
    }
  });

  test.each(['Max', 'Min', 'Sum', 'Prod', 'Mean'])('%s of whole numbers', async (op) => {
    expect(await compareOp({ op, operands: [fed([2, 3], 'int32'), constant([1])] })).toEqual(AGREEMENT);
  });

  test.each(['All', 'Any'])('%s', async (op) => {
    expect(await compareOp({ op, operands: [fed([4, 3], 'bool'), constant([1])] })).toEqual(AGREEMENT);
    expect(
      await compareOp({
        op,
        operands: [fed([4, 3], 'bool'), constant([0])],
        attr: { keep_dims: bool(true) },
      }),
    ).toEqual(AGREEMENT);
  });

  test.each(['ArgMax', 'ArgMin'])('%s', async (op) => {
    for (const axis of [0, 1, -1]) {
      expect(await compareOp({ op, operands: [fed([2, 3, 4]), constant(axis)] })).toEqual(AGREEMENT);
    }
    expect(await compareOp({ op, operands: [fed([2, 9], 'int32', { high: 3 }), constant(1)] })).toEqual(
      AGREEMENT,
    );
  });

  // tfjs gives broken shapes for negative axes here.
  test.each(['Cumsum', 'Cumprod'])('%s', async (op) => {
    for (const axis of [0, 1, 2]) {
      for (const [exclusive, reverse] of [
        [false, false],
        [true, false],
        [false, true],
        [true, true],
      ] as const) {
        const attr = { exclusive: bool(exclusive), reverse: bool(reverse) };
        expect(await compareOp({ op, operands: [fed([2, 3, 4]), constant(axis)], attr })).toEqual(AGREEMENT);
      }
    }
  });
});
