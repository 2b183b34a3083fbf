import { AGREEMENT, compareOp, constant, fed, fedValues } from '../graph-model.test-support.ts';

describe('comparisons and logic', () => {
  test.each(['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'])('%s', async (op) => {
    expect(
      await compareOp({ op, operands: [fed([2, 3], 'int32'), fed([3], 'int32')] }, ['known', 'open']),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({ op, operands: [fedValues([1, 2, 3], 'float32'), fedValues([2, 2, 2], 'float32')] }),
    ).toEqual(AGREEMENT);
    expect(await compareOp({ op, operands: [fed([2, 3]), constant(0.5, 'float32')] })).toEqual(AGREEMENT);
  });

  test.each(['LogicalAnd', 'LogicalOr'])('%s', async (op) => {
    expect(await compareOp({ op, operands: [fed([2, 3], 'bool'), fed([2, 3], 'bool')] })).toEqual(AGREEMENT);
  });

  test('LogicalNot', async () => {
    expect(await compareOp({ op: 'LogicalNot', operands: [fed([2, 3], 'bool')] })).toEqual(AGREEMENT);
  });

  test.each(['Select', 'SelectV2'])('%s of one shape, broadcast, and of whole numbers', async (op) => {
    expect(await compareOp({ op, operands: [fed([2, 3], 'bool'), fed([2, 3]), fed([2, 3])] })).toEqual(
      AGREEMENT,
    );
    expect(
      await compareOp({ op, operands: [fed([2, 1], 'bool'), fed([2, 3]), constant(0, 'float32')] }),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({ op, operands: [fed([3], 'bool'), fed([3], 'int32'), fed([3], 'int32')] }),
    ).toEqual(AGREEMENT);
  });
});
