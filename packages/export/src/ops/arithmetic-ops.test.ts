import {
  AGREEMENT,
  attribute,
  compareOp,
  constant,
  fed,
  fedValues,
  weights,
} from '../graph-model.test-support.ts';

const binary = [
  'Add',
  'AddV2',
  'Sub',
  'Mul',
  'Div',
  'RealDiv',
  'Maximum',
  'Minimum',
  'SquaredDifference',
  'FloorDiv',
  'FloorMod',
  'Mod',
  'DivNoNan',
];

describe('arithmetic', () => {
  test.each(binary)('%s of floats of one shape, and broadcast', async (op) => {
    expect(await compareOp({ op, operands: [fed([2, 3]), fed([2, 3])] })).toEqual(AGREEMENT);
    expect(await compareOp({ op, operands: [fed([2, 3, 4]), weights([3, 1])] })).toEqual(AGREEMENT);
    expect(await compareOp({ op, operands: [fed([4]), fed([2, 3, 4])] }, ['known'])).toEqual(AGREEMENT);
    expect(await compareOp({ op, operands: [weights([]), fed([2, 3])] })).toEqual(AGREEMENT);
  });

  test.each(['Add', 'Sub', 'Mul', 'Maximum', 'Minimum', 'SquaredDifference', 'Pow'])(
    '%s of whole numbers',
    async (op) => {
      expect(
        await compareOp({ op, operands: [fed([2, 3], 'int32'), fed([3], 'int32')] }, ['known', 'open']),
      ).toEqual(AGREEMENT);
    },
  );

  test.each(['FloorDiv', 'FloorMod', 'RealDiv', 'Div'])('%s of whole numbers of either sign', async (op) => {
    const operands = [fedValues([7, -7, 7, -7, 6, 0], 'int32'), fedValues([2, 2, -2, -2, -3, 5], 'int32')];
    expect(await compareOp({ op, operands })).toEqual(AGREEMENT);
  });

  test('divides by zero as tfjs does', async () => {
    const operands = [fedValues([1, -1, 0, 3], 'float32'), fedValues([0, 0, 0, 2], 'float32')];
    expect(await compareOp({ op: 'DivNoNan', operands })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'RealDiv', operands })).toEqual(AGREEMENT);
  });

  test('mixes types as tfjs does', async () => {
    expect(await compareOp({ op: 'AddV2', operands: [fed([3], 'int32'), fed([3])] })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'Mul', operands: [fed([3], 'bool'), fed([3])] })).toEqual(AGREEMENT);
  });

  test('raises to powers', async () => {
    expect(
      await compareOp({ op: 'Pow', operands: [fed([2, 3], 'float32', { low: 0.1 }), fed([3])] }, [
        'known',
        'open',
      ]),
    ).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'Pow', operands: [fed([2, 3]), constant(2, 'float32')] })).toEqual(
      AGREEMENT,
    );
  });

  test('adds several, and a bias', async () => {
    const attr = { N: attribute.int(3) };
    expect(
      await compareOp({ op: 'AddN', operands: [fed([2, 3]), fed([2, 3]), weights([2, 3])], attr }),
    ).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'BiasAdd', operands: [fed([2, 4, 4, 3]), weights([3])] })).toEqual(
      AGREEMENT,
    );
  });
});
