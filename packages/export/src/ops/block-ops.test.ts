import { AGREEMENT, compareOp, constant, fed, fedValues } from '../graph-model.test-support.ts';

describe('blocks of pixels', () => {
  const block = constant([2, 3]);

  test('SpaceToBatchND', async () => {
    const pads = constant([1, 0, 1, 1], 'int32', [2, 2]);
    expect(await compareOp({ op: 'SpaceToBatchND', operands: [fed([2, 5, 7, 3]), block, pads] })).toEqual(
      AGREEMENT,
    );
    const none = constant([0, 0, 0, 0], 'int32', [2, 2]);
    expect(await compareOp({ op: 'SpaceToBatchND', operands: [fed([2, 4, 6, 3]), block, none] })).toEqual(
      AGREEMENT,
    );
  });

  test('BatchToSpaceND', async () => {
    const crops = constant([0, 1, 1, 0], 'int32', [2, 2]);
    expect(await compareOp({ op: 'BatchToSpaceND', operands: [fed([12, 3, 4, 2]), block, crops] })).toEqual(
      AGREEMENT,
    );
    const none = constant([0, 0, 0, 0], 'int32', [2, 2]);
    expect(await compareOp({ op: 'BatchToSpaceND', operands: [fed([12, 3, 4, 2]), block, none] })).toEqual(
      AGREEMENT,
    );
  });

  test('paddings and crops that are told as the graph runs', async () => {
    const pads = fedValues([1, 0, 1, 1], 'int32', [2, 2]);
    expect(
      await compareOp({ op: 'SpaceToBatchND', operands: [fed([2, 5, 7, 3]), block, pads] }, ['known']),
    ).toEqual(AGREEMENT);
    const crops = fedValues([0, 1, 1, 0], 'int32', [2, 2]);
    expect(
      await compareOp({ op: 'BatchToSpaceND', operands: [fed([12, 3, 4, 2]), block, crops] }, ['known']),
    ).toEqual(AGREEMENT);
  });
});
