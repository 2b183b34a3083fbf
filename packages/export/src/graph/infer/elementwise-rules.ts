import { broadcastDims } from '../dim.ts';
import type { Shape } from '../shape.ts';
import type { ShapeRule, ShapeRules } from './operation.ts';

/** The result is like the first input. */
export const likeFirst: ShapeRule = ([shape]) => shape ?? [];

/** Numpy's rule, which ONNX shares: align at the right, 1 stretches. */
export const broadcastShapes = (shapes: readonly Shape[]): Shape => {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) =>
    shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).reduce(broadcastDims),
  );
};

const batchNormalization: ShapeRule = ([x = [], ...statistics]) => {
  const isFor = (shape: Shape): boolean =>
    shape.length === 1 && (typeof x[1] !== 'number' || shape[0] === x[1]);
  if (!statistics.every(isFor)) {
    throw new RangeError(`the statistics are not for ${x[1]} channels`);
  }
  return x;
};

const rulesFor = (ops: string, rule: ShapeRule): ShapeRules =>
  Object.fromEntries(ops.split(' ').map((op) => [op, rule]));

/** Operators that work on each element by itself, or leave the shape as it is. */
export const elementwiseRules: ShapeRules = {
  ...rulesFor(
    'Abs Acos Acosh Asin Asinh Atan Atanh Cast Ceil Clip Cos Cosh CumSum Elu Erf Exp Floor HardSigmoid Identity ' +
      'IsInf IsNaN LRN LayerNormalization LeakyRelu Log LogSoftmax Neg Not Reciprocal Relu Round ScatterElements ' +
      'ScatterND Selu Sigmoid Sign Sin Sinh Softmax Softplus Softsign Sqrt Tan Tanh ThresholdedRelu Trilu',
    likeFirst,
  ),
  ...rulesFor(
    'Add And Div Equal Greater GreaterOrEqual Less LessOrEqual Max Min Mod Mul Or PRelu Pow Sub Sum ' +
      'Where Xor',
    broadcastShapes,
  ),
  BatchNormalization: batchNormalization,
};
