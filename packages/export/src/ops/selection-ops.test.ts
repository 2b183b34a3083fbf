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

const { bool } = attribute;

const boxes = fedValues(
  [0, 0, 1, 1, 0, 0.1, 1, 1.1, 0, -0.1, 1, 0.9, 0, 10, 1, 11, 0, 10.1, 1, 11.1, 0, 100, 1, 101],
  'float32',
  [6, 4],
);
const scores = fedValues([0.9, 0.75, 0.6, 0.95, 0.5, 0.3], 'float32');
const number = (value: number) => constant(value, 'float32');

describe('selections', () => {
  test.each([1, 3, 5])('TopKV2 of %i', async (k) => {
    expect(
      await compareOp({
        op: 'TopKV2',
        operands: [fed([2, 5]), constant(k)],
        attr: { sorted: bool(true) },
        results: 2,
      }),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({
        op: 'TopKV2',
        operands: [fed([2, 9], 'int32', { high: 4 }), constant(k)],
        attr: { sorted: bool(true) },
        results: 2,
      }),
    ).toEqual(AGREEMENT);
  });

  test('Where', async () => {
    expect(await compareOp({ op: 'Where', operands: [fed([3, 4], 'bool')] })).toEqual(AGREEMENT);
  });

  test('NonMaxSuppressionV2 to V5', async () => {
    const base = [boxes, scores, constant(3), number(0.5)];
    expect(await compareOp({ op: 'NonMaxSuppressionV2', operands: base })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'NonMaxSuppressionV3', operands: [...base, number(0.4)] })).toEqual(
      AGREEMENT,
    );
    expect(
      await compareOp({ op: 'NonMaxSuppressionV5', operands: [...base, number(0.4), number(0)], results: 2 }),
    ).toEqual(AGREEMENT);
  });

  test.each([true, false])('NonMaxSuppressionV4, filled up: %p', async (isPadded) => {
    const operands = [boxes, scores, constant(5), number(0.5), number(0.4)];
    const attr = { pad_to_max_output_size: bool(isPadded) };
    expect(await compareOp({ op: 'NonMaxSuppressionV4', operands, attr, results: 2 })).toEqual(AGREEMENT);
  });

  test('refuses soft suppression', async () => {
    const operands = [boxes, scores, constant(3), number(0.5), number(0.4), number(0.5)];
    await expect(compareTiny(modelOf({ op: 'NonMaxSuppressionV5', operands }))).rejects.toThrow(
      /soft suppression/u,
    );
  });

  test('Unique and UniqueV2', async () => {
    const values = fedValues([3, 1, 3, 2, 1], 'int32');
    expect(await compareOp({ op: 'Unique', operands: [values], results: 2 })).toEqual(AGREEMENT);
    const rows = fedValues([1, 2, 3, 4, 1, 2], 'float32', [3, 2]);
    expect(
      await compareOp({ op: 'UniqueV2', operands: [rows, constant([0])], results: 2 }, ['known']),
    ).toEqual(AGREEMENT);
  });

  test('ListDiff', async () => {
    const [x, y] = [fedValues([1, 2, 3, 4, 5, 2], 'int32'), fedValues([2, 4], 'int32')];
    expect(await compareOp({ op: 'ListDiff', operands: [x, y], results: 2 })).toEqual(AGREEMENT);
  });

  test.each(['LowerBound', 'UpperBound'])('%s', async (op) => {
    const sorted = fedValues([0, 3, 9, 9, 10, 1, 2, 3, 4, 5], 'float32', [2, 5]);
    expect(
      await compareOp({ op, operands: [sorted, fedValues([2, 4, 9, 0, 2, 6], 'float32', [2, 3])] }, [
        'known',
        'batch',
      ]),
    ).toEqual(AGREEMENT);
  });

  test('Bincount and DenseBincount', async () => {
    const none = constant([], 'float32');
    expect(await compareOp({ op: 'Bincount', operands: [fed([9], 'int32'), constant(4), fed([9])] })).toEqual(
      AGREEMENT,
    );
    expect(
      await compareOp({
        op: 'DenseBincount',
        operands: [fed([2, 9], 'int32'), constant(6), none],
        attr: { binary_output: bool(false) },
      }),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({
        op: 'DenseBincount',
        operands: [fed([2, 9], 'int32'), constant(6), none],
        attr: { binary_output: bool(true) },
      }),
    ).toEqual(AGREEMENT);
  });
});
