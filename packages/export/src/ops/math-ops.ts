import { float, int, type Value } from '../graph/graph.ts';
import type { NodeWriter } from '../graph/node-writer.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { toFloat } from './promote.ts';

const floatInput = (call: OpCall): Value => toFloat(call, call.tensor(0));

/** Operators that ONNX has under the same or another name, for floats. */
const unary =
  (op: string): OpConverter =>
  (call) =>
    call.add(op, [floatInput(call)]);

/** Operators that ONNX has for whole numbers, too. */
const unaryOfAnyNumber =
  (op: string): OpConverter =>
  (call) => {
    const input = call.tensor(0);
    return call.add(op, [input.dtype === 'bool' ? call.cast(input, 'int32') : input]);
  };

/** Cuts values off, at numbers of the values' type. */
export const clip = (writer: NodeWriter, x: Value, low: number, high: number): Value =>
  writer.add('Clip', [x, writer.scalar('low', low, x.dtype), writer.scalar('high', high, x.dtype)]);

const clipByValue: OpConverter = (call) => {
  const [x, low, high] = call.tensors(0, 3) as [Value, Value, Value];
  const limit = (value: Value): Value =>
    call.cast(value.shape.length === 0 ? value : call.reshape(value, []), x.dtype);
  return call.add('Clip', [x, limit(low), limit(high)]);
};

/** The angle of a point: the arc tangent, turned by half a circle where x is negative. */
const atan2: OpConverter = (call) => {
  const [y, x] = call.tensors(0, 2).map((value) => toFloat(call, value)) as [Value, Value];
  const zero = call.scalar('zero', 0);
  const halfTurn = call.add('Where', [
    call.add('Less', [y, zero]),
    call.scalar('minus-pi', -Math.PI),
    call.scalar('pi', Math.PI),
  ]);
  const isLeft = call.add('Less', [x, zero]);
  const slope = call.add('Atan', [call.add('Div', [y, x])]);
  const angle = call.add('Where', [isLeft, call.add('Add', [slope, halfTurn]), slope]);
  const vertical = call.add('Mul', [call.add('Sign', [y]), call.scalar('half-pi', Math.PI / 2)]);
  return call.add('Where', [call.add('Equal', [x, zero]), vertical, angle]);
};

const isFinite: OpConverter = (call) => {
  const x = floatInput(call);
  return call.add('Not', [call.add('Or', [call.add('IsNaN', [x]), call.add('IsInf', [x])])]);
};

const square: OpConverter = (call) => {
  const x = call.tensor(0);
  return call.add('Mul', [x, x]);
};

const prelu: OpConverter = (call) => call.add('PRelu', [floatInput(call), toFloat(call, call.tensor(1))]);

const overLastAxis =
  (op: string): OpConverter =>
  (call) => {
    const x = floatInput(call);
    return call.add(op, [x], { axis: int(x.shape.length - 1) });
  };

const names = (ops: string): string[] => ops.split(' ');

/** Functions of one number, activations among them. */
export const mathOps: OpConverters = {
  ...Object.fromEntries(
    names(
      'Acos Acosh Asin Asinh Atan Atanh Ceil Cos Cosh Elu Erf Exp Floor Log LogSoftmax Reciprocal Selu Sigmoid ' +
        'Sin Sinh Softplus Sqrt Tan Tanh',
    ).map((op) => [op, unary(op)]),
  ),
  ...Object.fromEntries(names('Abs Neg Relu Sign').map((op) => [op, unaryOfAnyNumber(op)])),
  Atan2: atan2,
  ClipByValue: clipByValue,
  Expm1: (call) => call.add('Sub', [call.add('Exp', [floatInput(call)]), call.scalar('one', 1)]),
  IsFinite: isFinite,
  IsInf: unary('IsInf'),
  IsNan: unary('IsNaN'),
  LeakyRelu: (call) =>
    call.add('LeakyRelu', [floatInput(call)], { alpha: float(call.attributes.number('alpha', 0.2)) }),
  Log1p: (call) => call.add('Log', [call.add('Add', [floatInput(call), call.scalar('one', 1)])]),
  LogSoftmax: overLastAxis('LogSoftmax'),
  Prelu: prelu,
  // Whole numbers are round.
  Round: (call) =>
    call.tensor(0).dtype === 'float32' ? call.add('Round', [call.tensor(0)]) : call.tensor(0),
  Relu6: (call) => clip(call, floatInput(call), 0, 6),
  Rsqrt: (call) => call.add('Reciprocal', [call.add('Sqrt', [floatInput(call)])]),
  Softmax: overLastAxis('Softmax'),
  Square: square,
};
