import { AGREEMENT, attribute, compareOp, constant, fed } from '../graph-model.test-support.ts';

const { int, text } = attribute;

describe('padding and blocks', () => {
  const amounts = [0, 0, 1, 2, 0, 3];
  test('Pad and PadV2', async () => {
    expect(
      await compareOp({ op: 'Pad', operands: [fed([2, 3, 4]), constant(amounts, 'int32', [3, 2])] }),
    ).toEqual(AGREEMENT);
    const operands = [fed([2, 3, 4]), constant(amounts, 'int32', [3, 2]), constant(7.5, 'float32')];
    expect(await compareOp({ op: 'PadV2', operands })).toEqual(AGREEMENT);
  });

  test('Pad by what it is told as it runs', async () => {
    const told = { ...constant(amounts, 'int32', [3, 2]), isConstant: false };
    expect(await compareOp({ op: 'Pad', operands: [fed([2, 3, 4]), told] }, ['known'])).toEqual(AGREEMENT);
  });

  test.each(['REFLECT', 'SYMMETRIC'])('MirrorPad %s', async (mode) => {
    const operands = [fed([2, 4, 5]), constant([0, 0, 1, 2, 3, 1], 'int32', [3, 2])];
    expect(
      await compareOp({ op: 'MirrorPad', operands, attr: { mode: text(mode) } }, ['known', 'batch']),
    ).toEqual(AGREEMENT);
  });

  test('DepthToSpace', async () => {
    const attr = { block_size: int(2), data_format: text('NHWC') };
    expect(await compareOp({ op: 'DepthToSpace', operands: [fed([2, 3, 4, 8])], attr })).toEqual(AGREEMENT);
  });
});
