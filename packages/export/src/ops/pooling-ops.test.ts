import { AGREEMENT, attribute, compareOp, compareTiny, fed, modelOf } from '../graph-model.test-support.ts';

const { ints, text, bool } = attribute;

const windows = ['VALID', 'SAME'].flatMap((padding) =>
  [1, 2, 3].flatMap((stride) =>
    [
      [7, 7],
      [8, 8],
      [6, 9],
    ].map(([height, width]) => ({ padding, stride, height, width })),
  ),
) as readonly { padding: string; stride: number; height: number; width: number }[];

describe('poolings', () => {
  test.each(windows)(
    'MaxPool and AvgPool $padding, stride $stride, $height × $width',
    async ({ padding, stride, height, width }) => {
      const attr = {
        padding: text(padding),
        strides: ints([1, stride, stride, 1]),
        ksize: ints([1, 3, stride === 3 ? 3 : 2, 1]),
      };
      expect(await compareOp({ op: 'MaxPool', operands: [fed([2, height, width, 3])], attr })).toEqual(
        AGREEMENT,
      );
      expect(await compareOp({ op: 'AvgPool', operands: [fed([2, height, width, 3])], attr })).toEqual(
        AGREEMENT,
      );
    },
  );

  test.each(['VALID', 'SAME'])('MaxPool3D and AvgPool3D %s', async (padding) => {
    const attr = { padding: text(padding), strides: ints([1, 2, 2, 2, 1]), ksize: ints([1, 2, 2, 2, 1]) };
    expect(await compareOp({ op: 'MaxPool3D', operands: [fed([2, 5, 6, 4, 2])], attr })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'AvgPool3D', operands: [fed([2, 5, 6, 4, 2])], attr })).toEqual(AGREEMENT);
  });

  test('strides larger than the window need known sizes for SAME padding', async () => {
    const attr = { padding: text('SAME'), strides: ints([1, 3, 3, 1]), ksize: ints([1, 2, 2, 1]) };
    const one = { op: 'MaxPool', operands: [fed([2, 7, 8, 3])], attr };
    expect(await compareOp(one, ['known', 'batch'])).toEqual(AGREEMENT);
    await expect(compareTiny({ ...modelOf(one), isOpen: true })).rejects.toThrow(
      /Strides larger than the window/u,
    );
  });

  test.each([true, false])('MaxPoolWithArgmax, places with the batch: %p', async (withBatch) => {
    const attr = {
      padding: text('VALID'),
      strides: ints([1, 2, 2, 1]),
      ksize: ints([1, 2, 2, 1]),
      include_batch_in_index: bool(withBatch),
    };
    expect(
      await compareOp({ op: 'MaxPoolWithArgmax', operands: [fed([2, 6, 4, 3])], attr, results: 2 }, [
        'known',
        'batch',
      ]),
    ).toEqual(AGREEMENT);
  });
});
