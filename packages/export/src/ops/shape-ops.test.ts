import { AGREEMENT, attribute, compareOp, compareTiny, constant, fed } from '../graph-model.test-support.ts';

const { ints, int, type } = attribute;

describe('shapes', () => {
  test.each([[[6, 4]], [[-1, 4]], [[2, -1, 2]], [[24]], [[1, 2, 3, 4]]])('Reshape to %j', async (target) => {
    expect(await compareOp({ op: 'Reshape', operands: [fed([2, 3, 4]), constant(target)] })).toEqual(
      AGREEMENT,
    );
  });

  test('Reshape to a shape that is fed', async () => {
    const target = { ...constant([4, 6]), isConstant: false };
    expect(await compareOp({ op: 'Reshape', operands: [fed([2, 3, 4]), target] }, ['known'])).toEqual(
      AGREEMENT,
    );
  });

  test('Reshape to a shape that is made of sizes', async () => {
    const nodes = [
      { name: 'shape', op: 'Shape', input: ['x'] },
      {
        name: 'batch',
        op: 'StridedSlice',
        input: ['shape', 'zero', 'one', 'one'],
        attr: { shrink_axis_mask: int(1) },
      },
      { name: 'target', op: 'Pack', input: ['batch', 'four', 'three'], attr: { N: int(3), axis: int(0) } },
      { name: 'node', op: 'Reshape', input: ['x', 'target'] },
    ];
    const operands = {
      x: fed([2, 3, 4]),
      zero: constant([0]),
      one: constant([1]),
      four: constant(4),
      three: constant(3),
    };
    const { verdict, ops } = await compareTiny({ operands, nodes, outputs: ['node'], isBatchOpen: true });
    expect({ verdict, ops }).toEqual({ verdict: 'same', ops: ['Reshape'] });
  });

  test.each([0, 1, 3, -1, -2])('ExpandDims at %i', async (axis) => {
    expect(await compareOp({ op: 'ExpandDims', operands: [fed([2, 3, 4]), constant(axis)] })).toEqual(
      AGREEMENT,
    );
  });

  test.each([[[]], [[1]], [[-1]], [[1, 3]]])('Squeeze of axes %j', async (axes) => {
    const modes = axes.length === 0 ? (['known', 'batch'] as const) : undefined;
    expect(
      await compareOp(
        { op: 'Squeeze', operands: [fed([2, 1, 3, 1])], attr: { squeeze_dims: ints(axes) } },
        modes,
      ),
    ).toEqual(AGREEMENT);
  });

  test('Shape, ShapeN, Size and Rank', async () => {
    expect(await compareOp({ op: 'Shape', operands: [fed([2, 3, 4])] })).toEqual(AGREEMENT);
    // tfjs says that these sizes are floats.
    const nodes = [
      { name: 'sizes', op: 'ShapeN', input: ['x', 'y'], attr: { N: int(2) } },
      { name: 'node', op: 'Cast', input: ['sizes:1'], attr: { DstT: type('DT_INT32') } },
    ];
    const operands = { x: fed([2, 3]), y: fed([4, 5]) };
    expect((await compareTiny({ operands, nodes, outputs: ['node'], isOpen: true })).verdict).toBe('same');
    expect(await compareOp({ op: 'Size', operands: [fed([2, 3, 4])] })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'Rank', operands: [fed([2, 3, 4])] })).toEqual(AGREEMENT);
  });

  test.each(['DT_FLOAT', 'DT_INT32', 'DT_BOOL', 'DT_INT64', 'DT_HALF'])('Cast to %s', async (dtype) => {
    const attr = { DstT: type(dtype) };
    expect(
      await compareOp({ op: 'Cast', operands: [fed([2, 3], 'float32', { low: -3, high: 3 })], attr }),
    ).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'Cast', operands: [fed([2, 3], 'int32')], attr })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'Cast', operands: [fed([2, 3], 'bool')], attr })).toEqual(AGREEMENT);
  });

  test('BroadcastTo and BroadcastArgs', async () => {
    expect(await compareOp({ op: 'BroadcastTo', operands: [fed([3, 1]), constant([2, 3, 4])] })).toEqual(
      AGREEMENT,
    );
    expect(
      await compareOp({ op: 'BroadcastArgs', operands: [constant([3, 1]), constant([2, 1, 4])] }, ['known']),
    ).toEqual(AGREEMENT);
  });

  test.each(['Identity', 'StopGradient', 'Snapshot', 'FakeQuantWithMinMaxVars'])('%s', async (op) => {
    expect(await compareOp({ op, operands: [fed([2, 3])] })).toEqual(AGREEMENT);
  });

  test('EnsureShape and IdentityN', async () => {
    expect(await compareOp({ op: 'EnsureShape', operands: [fed([2, 3]), constant([2, 3])] })).toEqual(
      AGREEMENT,
    );
    expect(await compareOp({ op: 'IdentityN', operands: [fed([2, 3]), fed([4])], results: 2 })).toEqual(
      AGREEMENT,
    );
  });
});
