import {
  AGREEMENT,
  attribute,
  compareOp,
  constant,
  fed,
  fedValues,
  weights,
} from '../graph-model.test-support.ts';

const { int } = attribute;

describe('gathering and scattering', () => {
  test.each([0, 1, -1])('GatherV2 along axis %i', async (axis) => {
    expect(
      await compareOp({ op: 'GatherV2', operands: [fed([3, 3, 3]), constant([2, 0]), constant(axis)] }),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({
        op: 'GatherV2',
        operands: [fed([3, 3, 3]), fed([2, 2], 'int32', { high: 3 }), constant(axis)],
      }),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({ op: 'GatherV2', operands: [weights([3, 3, 3]), constant(1), constant(axis)] }, [
        'known',
      ]),
    ).toEqual(AGREEMENT);
  });

  test('GatherV2 with a batch', async () => {
    const operands = [fed([2, 5, 3]), fed([2, 4], 'int32'), constant(1)];
    expect(await compareOp({ op: 'GatherV2', operands, attr: { batch_dims: int(1) } }, ['known'])).toEqual(
      AGREEMENT,
    );
  });

  test('Gather and GatherNd', async () => {
    expect(await compareOp({ op: 'Gather', operands: [fed([5, 3]), fed([4], 'int32')] })).toEqual(AGREEMENT);
    expect(
      await compareOp({ op: 'GatherNd', operands: [fed([3, 3, 4]), fed([2, 2], 'int32', { high: 3 })] }, [
        'known',
        'batch',
      ]),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({ op: 'GatherNd', operands: [fed([3, 3]), constant([0, 1, 2, 2], 'int32', [2, 2])] }),
    ).toEqual(AGREEMENT);
  });

  test('ScatterNd, places that come twice included', async () => {
    const places = fedValues([1, 3, 1], 'int32', [3, 1]);
    expect(
      await compareOp({ op: 'ScatterNd', operands: [places, fed([3, 2]), constant([5, 2])] }, [
        'known',
        'batch',
      ]),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({ op: 'ScatterNd', operands: [places, fed([3], 'int32'), constant([5])] }, ['known']),
    ).toEqual(AGREEMENT);
  });

  test('TensorScatterUpdate', async () => {
    const operands = [fed([5, 2]), fedValues([1, 3], 'int32', [2, 1]), fed([2, 2])];
    expect(await compareOp({ op: 'TensorScatterUpdate', operands }, ['known'])).toEqual(AGREEMENT);
  });

  test('SparseToDense with rows of places, a list, and one value for all', async () => {
    const rows = fedValues([0, 1, 2, 3], 'int32', [2, 2]);
    const zero = constant(0.5, 'float32');
    expect(
      await compareOp({ op: 'SparseToDense', operands: [rows, constant([3, 4]), fed([2]), zero] }, ['known']),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp(
        { op: 'SparseToDense', operands: [fedValues([1, 2], 'int32'), constant([4]), fed([]), zero] },
        ['known'],
      ),
    ).toEqual(AGREEMENT);
  });
});
