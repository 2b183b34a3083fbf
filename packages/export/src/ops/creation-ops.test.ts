import {
  AGREEMENT,
  attribute,
  compareOp,
  compareTiny,
  constant,
  fed,
  fedValues,
} from '../graph-model.test-support.ts';

const { type } = attribute;

describe('tensors made of sizes and numbers', () => {
  test('Fill with a constant and with a number that is fed', async () => {
    expect(
      await compareOp({ op: 'Fill', operands: [constant([2, 3]), fed([])], attr: { T: type('DT_FLOAT') } }),
    ).toEqual(AGREEMENT);
    const shape = { ...constant([2, 3]), isConstant: false };
    expect(
      await compareOp(
        { op: 'Fill', operands: [shape, constant(7, 'float32')], attr: { T: type('DT_FLOAT') } },
        ['known'],
      ),
    ).toEqual(AGREEMENT);
  });

  test.each(['Ones', 'Zeros'])('%s of a shape that is fed', async (op) => {
    const shape = { ...constant([2, 3]), isConstant: false };
    expect(await compareOp({ op, operands: [shape], attr: { T: type('DT_INT32') } }, ['known'])).toEqual(
      AGREEMENT,
    );
  });

  test.each(['OnesLike', 'ZerosLike'])('%s', async (op) => {
    expect(await compareOp({ op, operands: [fed([2, 3])] })).toEqual(AGREEMENT);
    expect(await compareOp({ op, operands: [fed([2, 3], 'int32')] })).toEqual(AGREEMENT);
  });

  test('Range of constants, up to a number that is fed, and up to a size', async () => {
    const attr = { Tidx: type('DT_INT32') };
    expect(
      await compareOp(
        { op: 'Range', operands: [constant(1), fedValues([9], 'int32', []), constant(2)], attr },
        ['known'],
      ),
    ).toEqual(AGREEMENT);
    const nodes = [
      { name: 'size', op: 'Size', input: ['x'] },
      { name: 'node', op: 'Range', input: ['zero', 'size', 'one'], attr },
    ];
    const operands = { x: fed([5]), zero: constant(0), one: constant(1) };
    const { verdict, graph } = await compareTiny({ operands, nodes, outputs: ['node'], isBatchOpen: true });
    expect(verdict).toBe('same');
    expect(graph.outputs[0]?.value.shape).toEqual(['N']);
  });

  test('LinSpace', async () => {
    expect(
      await compareOp({ op: 'LinSpace', operands: [fed([]), constant(3, 'float32'), constant(7)] }, [
        'known',
      ]),
    ).toEqual(AGREEMENT);
  });

  test('OneHot of floats and of whole numbers', async () => {
    const operands = [fed([2, 3], 'int32'), constant(5)];
    expect(
      await compareOp({
        op: 'OneHot',
        operands: [...operands, constant(2, 'float32'), constant(-1, 'float32')],
        attr: { T: type('DT_FLOAT') },
      }),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({
        op: 'OneHot',
        operands: [...operands, constant(1), constant(0)],
        attr: { T: type('DT_INT32') },
      }),
    ).toEqual(AGREEMENT);
  });
});
