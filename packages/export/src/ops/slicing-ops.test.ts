import {
  AGREEMENT,
  attribute,
  compareOp,
  compareTiny,
  constant,
  fed,
  fedValues,
  modelOf,
} from '../graph-model.test-support.ts';

const { int } = attribute;

interface Masks {
  readonly begin?: number;
  readonly end?: number;
  readonly ellipsis?: number;
  readonly newAxis?: number;
  readonly shrink?: number;
}

const masks = ({ begin = 0, end = 0, ellipsis = 0, newAxis = 0, shrink = 0 }: Masks) => ({
  begin_mask: int(begin),
  end_mask: int(end),
  ellipsis_mask: int(ellipsis),
  new_axis_mask: int(newAxis),
  shrink_axis_mask: int(shrink),
});

describe('slices', () => {
  test.each([
    [
      [0, 1, 2],
      [2, 1, 2],
    ],
    [
      [0, 1, 0],
      [-1, -1, 2],
    ],
    [
      [0, 0, 0],
      [-1, -1, -1],
    ],
    [
      [1, 0, 3],
      [1, 3, 2],
    ],
  ])('Slice from %j of size %j', async (begin, size) => {
    expect(
      await compareOp({ op: 'Slice', operands: [fed([2, 3, 5]), constant(begin), constant(size)] }),
    ).toEqual(AGREEMENT);
  });

  test('Slice from where it is told as it runs', async () => {
    const begin = fedValues([1, 2], 'int32');
    expect(
      await compareOp({ op: 'Slice', operands: [fed([4, 5]), begin, constant([2, 3])] }, ['known']),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({ op: 'Slice', operands: [fed([4, 5]), begin, constant([-1, 3])] }, ['known']),
    ).toEqual(AGREEMENT);
    const size = fedValues([-1, 2], 'int32');
    expect(await compareOp({ op: 'Slice', operands: [fed([4, 5]), begin, size] }, ['known'])).toEqual(
      AGREEMENT,
    );
  });

  const rows: readonly (readonly [readonly number[], readonly number[], readonly number[], Masks])[] = [
    [[0, 1], [2, 3], [1, 1], {}],
    [[0, 1], [2, -1], [1, 1], {}],
    [[0, 0, 0], [2, 3, 5], [1, 1, 2], {}],
    [[0, -1], [2, 0], [1, -1], {}],
    [[0, -1, 0], [0, 0, 5], [1, -1, 2], { begin: 1, end: 3 }],
    [[0, 0, -1], [0, 0, 0], [1, 1, 1], { begin: 3, end: 3, shrink: 4 }],
    [[0, 1], [1, 2], [1, 1], { shrink: 3 }],
    [[1], [2], [1], { shrink: 1 }],
    [[0, 2], [0, 3], [1, 1], { ellipsis: 1, shrink: 2 }],
    [[0, 0, 1], [0, 0, 4], [1, 1, 1], { ellipsis: 1, newAxis: 2 }],
    [[0, 0, 0], [0, 2, 3], [1, 1, 1], { newAxis: 1 }],
    [[0, 0], [0, 0], [1, 1], { begin: 3, end: 3 }],
    [[0, 0, 0], [1, 99, 99], [1, 2, 2], { begin: 2 }],
    [[-2, -3], [-1, -1], [1, 1], {}],
  ];
  test.each(rows)('StridedSlice %j : %j : %j, %j', async (begin, end, strides, mask) => {
    const operands = [fed([2, 3, 5]), constant(begin), constant(end), constant(strides)];
    expect(await compareOp({ op: 'StridedSlice', operands, attr: masks(mask) })).toEqual(AGREEMENT);
  });

  test('StridedSlice between places that it is told as it runs', async () => {
    const operands = [fed([6, 5]), fedValues([1, 0], 'int32'), fedValues([5, 3], 'int32'), constant([2, 1])];
    expect(await compareOp({ op: 'StridedSlice', operands }, ['known'])).toEqual(AGREEMENT);
    const byOne = [...operands.slice(0, 3), constant([1, 1])];
    expect(
      await compareOp({ op: 'StridedSlice', operands: byOne, attr: masks({ shrink: 2, end: 1 }) }, ['known']),
    ).toEqual(AGREEMENT);
  });

  test('refuses steps beside single elements, which tfjs takes from the wrong places', async () => {
    const operands = [fed([6, 5]), constant([1, 0]), constant([5, 3]), constant([2, 1])];
    const conversion = compareTiny(modelOf({ op: 'StridedSlice', operands, attr: masks({ shrink: 2 }) }));
    await expect(conversion).rejects.toThrow(/single elements at once/u);
  });
});
