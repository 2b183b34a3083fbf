import { AGREEMENT, compareOp, constant, fed, fedValues } from '../graph-model.test-support.ts';

const shapeFed = (values: readonly number[]) => fedValues(values, 'int32');

describe('SparseReshape', () => {
  const places = fedValues([0, 0, 0, 0, 1, 2, 1, 2, 3, 1, 0, 1], 'int32', [4, 3]);
  test.each([
    [
      [2, 3, 4],
      [6, 4],
    ],
    [
      [2, 3, 4],
      [-1, 2],
    ],
    [[2, 3, 4], [24]],
    [
      [2, 3, 4],
      [2, -1, 2, 2],
    ],
  ])('from %j to %j', async (before, after) => {
    const op = 'SparseReshape';
    expect(
      await compareOp({ op, operands: [places, constant(before), constant(after)], results: 2 }),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({ op, operands: [places, shapeFed(before), shapeFed(after)], results: 2 }, ['known']),
    ).toEqual(AGREEMENT);
  });
});

describe('SparseSegmentSum and SparseSegmentMean', () => {
  test.each(['SparseSegmentSum', 'SparseSegmentMean'])('%s', async (op) => {
    for (const data of [
      [5, 3],
      [5, 2, 2],
    ]) {
      for (const ids of [
        [0, 0, 1, 2],
        [0, 2, 2, 4],
        [1, 1, 1, 1],
      ]) {
        const operands = [fed(data), fedValues([4, 0, 2, 2], 'int32'), fedValues(ids, 'int32')];
        expect(await compareOp({ op, operands })).toEqual(AGREEMENT);
      }
    }
  });
});

describe('SparseFillEmptyRows', () => {
  test.each([
    ['in order', [0, 1, 1, 0, 3, 1], [3, 2], [5, 2]],
    ['out of order', [3, 1, 0, 0, 3, 0, 1, 2], [4, 2], [6, 3]],
    ['with nothing missing', [0, 0, 1, 1, 2, 0], [3, 2], [3, 2]],
    ['of rank 1', [3, 1], [2, 1], [5]],
  ])('rows %s', async (_, places, [count = 1, rank = 1], shape) => {
    const operands = [
      fedValues(places, 'int32', [count, rank]),
      fed([count]),
      shapeFed(shape),
      fedValues([-7], 'float32', []),
    ];
    expect(await compareOp({ op: 'SparseFillEmptyRows', operands, results: 4 }, ['known', 'batch'])).toEqual(
      AGREEMENT,
    );
  });
});
