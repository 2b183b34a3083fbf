import { AGREEMENT, attribute, compareOp, constant, fed, weights } from '../graph-model.test-support.ts';

const { float, int } = attribute;
const variance = constant([0.5, 1.5, 2], 'float32');

describe('normalisation', () => {
  test.each(['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3'])(
    '%s of images and of vectors',
    async (op) => {
      const statistics = [weights([3]), weights([3]), weights([3]), variance];
      expect(
        await compareOp({ op, operands: [fed([2, 4, 5, 3]), ...statistics], attr: { epsilon: float(0.01) } }),
      ).toEqual(AGREEMENT);
      expect(await compareOp({ op, operands: [fed([2, 4, 5, 3]), ...statistics] })).toEqual(AGREEMENT);
    },
  );

  test('LRN', async () => {
    const attr = { depth_radius: int(2), bias: float(1.5), alpha: float(0.3), beta: float(0.6) };
    expect(await compareOp({ op: 'LRN', operands: [fed([2, 3, 4, 7])], attr })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'LRN', operands: [fed([2, 3, 4, 7])] })).toEqual(AGREEMENT);
  });
});
