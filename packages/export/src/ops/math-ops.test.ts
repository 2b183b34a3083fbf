import {
  AGREEMENT,
  attribute,
  compareOp,
  constant,
  fed,
  fedValues,
  weights,
} from '../graph-model.test-support.ts';

const anywhere = [
  'Abs',
  'Atan',
  'Asinh',
  'Ceil',
  'Cos',
  'Cosh',
  'Elu',
  'Erf',
  'Exp',
  'Expm1',
  'Floor',
  'Neg',
  'Reciprocal',
  'Relu',
  'Relu6',
  'Round',
  'Selu',
  'Sigmoid',
  'Sign',
  'Sin',
  'Sinh',
  'Softplus',
  'Square',
  'Tan',
  'Tanh',
];

describe('functions of one number', () => {
  test.each(anywhere)('%s', async (op) => {
    expect(await compareOp({ op, operands: [fed([2, 3, 4])] })).toEqual(AGREEMENT);
  });

  test.each(['Acos', 'Asin', 'Atanh'])('%s, where it is defined', async (op) => {
    expect(await compareOp({ op, operands: [fed([2, 3], 'float32', { low: -0.9, high: 0.9 })] })).toEqual(
      AGREEMENT,
    );
  });

  test.each(['Acosh', 'Log', 'Log1p', 'Rsqrt', 'Sqrt'])('%s, where it is defined', async (op) => {
    expect(await compareOp({ op, operands: [fed([2, 3], 'float32', { low: 1.1, high: 9 })] })).toEqual(
      AGREEMENT,
    );
  });

  test.each(['Abs', 'Neg', 'Relu', 'Round', 'Square'])('%s of whole numbers', async (op) => {
    expect(await compareOp({ op, operands: [fed([2, 3], 'int32', { low: -5 })] })).toEqual(AGREEMENT);
  });

  test('rounds halves to the even number', async () => {
    expect(
      await compareOp({ op: 'Round', operands: [fedValues([0.5, 1.5, 2.5, -0.5, -1.5, 0.4], 'float32')] }),
    ).toEqual(AGREEMENT);
  });

  test.each(['IsNan', 'IsInf', 'IsFinite'])('%s', async (op) => {
    expect(
      await compareOp({ op, operands: [fedValues([NaN, Infinity, -Infinity, 0, 1], 'float32')] }),
    ).toEqual(AGREEMENT);
  });

  test('Atan2 in every quarter, and on the axes', async () => {
    const y = fedValues([1, 1, -1, -1, 0, 0, 1, -1, 0], 'float32');
    const x = fedValues([1, -1, 1, -1, 1, -1, 0, 0, 0], 'float32');
    expect(await compareOp({ op: 'Atan2', operands: [y, x] })).toEqual(AGREEMENT);
  });

  test('LeakyRelu and Prelu', async () => {
    expect(
      await compareOp({ op: 'LeakyRelu', operands: [fed([2, 3])], attr: { alpha: attribute.float(0.3) } }),
    ).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'LeakyRelu', operands: [fed([2, 3])] })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'Prelu', operands: [fed([2, 4, 4, 3]), weights([1, 1, 3])] })).toEqual(
      AGREEMENT,
    );
  });

  test('ClipByValue between constants and between numbers that are fed', async () => {
    expect(
      await compareOp({
        op: 'ClipByValue',
        operands: [fed([2, 3]), constant(-0.5, 'float32'), constant(1, 'float32')],
      }),
    ).toEqual(AGREEMENT);
    expect(
      await compareOp({ op: 'ClipByValue', operands: [fed([2, 3]), fed([]), constant(2, 'float32')] }),
    ).toEqual(AGREEMENT);
  });

  test.each([[[2, 5]], [[2, 3, 4]], [[2, 3, 4, 5]]])('Softmax and LogSoftmax of shape %j', async (shape) => {
    expect(await compareOp({ op: 'Softmax', operands: [fed(shape)] })).toEqual(AGREEMENT);
    expect(await compareOp({ op: 'LogSoftmax', operands: [fed(shape)] })).toEqual(AGREEMENT);
  });
});
