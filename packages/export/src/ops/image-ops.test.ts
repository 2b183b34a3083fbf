import { AGREEMENT, attribute, compareOp, constant, fed, fedValues } from '../graph-model.test-support.ts';

const { bool, text, float } = attribute;

const modes = [
  { corners: false, halves: false },
  { corners: true, halves: false },
  { corners: false, halves: true },
];
const sizes = [
  [8, 8],
  [3, 5],
  [4, 6],
  [9, 2],
  [4, 5],
];

describe('images', () => {
  test.each(modes.flatMap(({ corners, halves }) => sizes.map((size) => ({ corners, halves, size }))))(
    'resizing to $size, corners aligned: $corners, half pixels: $halves',
    async ({ corners, halves, size }) => {
      const attr = { align_corners: bool(corners), half_pixel_centers: bool(halves) };
      const operands = [fed([2, 4, 5, 3]), constant(size)];
      expect(await compareOp({ op: 'ResizeBilinear', operands, attr })).toEqual(AGREEMENT);
      expect(await compareOp({ op: 'ResizeNearestNeighbor', operands, attr })).toEqual(AGREEMENT);
    },
  );

  test.each(['bilinear', 'nearest'])('CropAndResize, %s', async (method) => {
    const boxes = fedValues(
      [0, 0, 1, 1, 0.11, 0.23, 0.72, 0.93, -0.21, 0.33, 1.23, 0.81, 0.83, 0.91, 0.22, 0.13],
      'float32',
      [4, 4],
    );
    const attr = { method: text(method), extrapolation_value: float(-1) };
    for (const size of [
      [3, 4],
      [1, 1],
      [7, 2],
    ]) {
      const operands = [fed([2, 6, 5, 3]), boxes, fedValues([0, 1, 1, 0], 'int32'), constant(size)];
      expect(await compareOp({ op: 'CropAndResize', operands, attr }, ['known', 'batch'])).toEqual(AGREEMENT);
    }
  });
});
