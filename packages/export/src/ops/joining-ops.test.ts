import { AGREEMENT, attribute, compareOp, constant, fed, weights } from '../graph-model.test-support.ts';

const { int } = attribute;

describe('joining and parting', () => {
  test.each([1, 2, -1])('ConcatV2 along axis %i', async (axis) => {
    const operands = [fed([2, 3, 4]), weights([2, 3, 4]), fed([2, 3, 4]), constant(axis)];
    expect(await compareOp({ op: 'ConcatV2', operands, attr: { N: int(3) } })).toEqual(AGREEMENT);
  });

  test('Concat, whose axis comes first', async () => {
    const operands = [constant(1), fed([2, 3]), fed([2, 5])];
    expect(await compareOp({ op: 'Concat', operands, attr: { N: int(2) } })).toEqual(AGREEMENT);
  });

  test.each([0, 1, 2, -1])('Pack and Unpack along axis %i', async (axis) => {
    const attr = { axis: int(axis), N: int(2), num: int(3) };
    expect(await compareOp({ op: 'Pack', operands: [fed([2, 3]), fed([2, 3])], attr })).toEqual(AGREEMENT);
    expect(
      await compareOp(
        { op: 'Unpack', operands: [fed([3, 3, 3])], attr, results: 3 },
        axis === 0 ? ['known'] : ['known', 'batch'],
      ),
    ).toEqual(AGREEMENT);
  });

  test.each([1, -1])('Split along axis %i', async (axis) => {
    const operands = [constant(axis), fed([2, 6])];
    expect(
      await compareOp({ op: 'Split', operands, attr: { num_split: int(3) }, results: 3 }, ['known', 'batch']),
    ).toEqual(AGREEMENT);
  });

  test.each([[[1, 2, 3]], [[1, -1, 2]], [[6]]])('SplitV into %j', async (sizes) => {
    const operands = [fed([2, 6]), constant(sizes), constant(1)];
    expect(await compareOp({ op: 'SplitV', operands, results: sizes.length }, ['known', 'batch'])).toEqual(
      AGREEMENT,
    );
  });

  test('Tile, ReverseV2 and Reverse', async () => {
    expect(await compareOp({ op: 'Tile', operands: [fed([2, 3]), constant([2, 3])] })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'ReverseV2', operands: [fed([2, 3, 4]), constant([0, -1])] })).toEqual(
      AGREEMENT,
    );
    expect(await compareOp({ op: 'Reverse', operands: [fed([2, 3]), constant([0, 1], 'bool')] })).toEqual(
      AGREEMENT,
    );
  });
});
