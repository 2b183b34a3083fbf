import { convertGraphModel } from '../convert-graph-model.ts';
import {
  AGREEMENT,
  attribute,
  compareOp,
  fed,
  modelOf,
  tinyFiles,
  weights,
} from '../graph-model.test-support.ts';

const { ints, text } = attribute;

const dilation = (padding: string, stride: number, rate: number, window: number[], image: number[]) => ({
  op: 'Dilation2D',
  operands: [fed(image), weights(window)],
  attr: { padding: text(padding), strides: ints([1, stride, stride, 1]), rates: ints([1, rate, rate, 1]) },
});

describe('Dilation2D', () => {
  test.each([
    ['VALID', 1, 1, [3, 3, 2]],
    ['VALID', 2, 1, [3, 2, 2]],
    ['VALID', 1, 2, [2, 3, 2]],
    ['VALID', 1, 1, [1, 1, 2]],
    ['SAME', 1, 1, [3, 3, 2]],
    ['SAME', 1, 2, [2, 3, 2]],
  ])('%s, stride %i, rate %i, window %j', async (padding, stride, rate, window) => {
    for (const image of [
      [2, 6, 7, 2],
      [1, 9, 5, 2],
    ])
      expect(await compareOp(dilation(padding, stride, rate, window, image))).toEqual(AGREEMENT);
  });

  test('SAME with strides, where the size is known', async () => {
    expect(await compareOp(dilation('SAME', 2, 1, [3, 3, 2], [2, 6, 7, 2]), ['known', 'batch'])).toEqual(
      AGREEMENT,
    );
    const { files } = tinyFiles({
      ...modelOf(dilation('SAME', 2, 1, [3, 3, 2], [2, 6, 7, 2])),
      isOpen: true,
    });
    await expect(convertGraphModel(files)).rejects.toThrow(/"same" padding depends on an open size/u);
  });
});
