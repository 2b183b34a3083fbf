import { knownIntegers } from '../contents.ts';
import { numberOf } from '../graph.ts';
import { axisOf, type ShapeRule, type ShapeRules } from './operation.ts';

/** Axes are the second input; none means all. */
const reduce: ShapeRule = ([x = []], { inputs, attributes, newSymbol }) => {
  const keep = numberOf(attributes, 'keepdims', 1) === 1;
  const axes = inputs[1] === undefined ? x.map((_, axis) => axis) : knownIntegers(inputs[1]);
  if (axes === undefined) {
    if (!keep) throw new RangeError('the axes must be known');
    return x.map(() => newSymbol());
  }
  const reduced = new Set(axes.map((axis) => axisOf(axis, x.length)));
  return x.flatMap((dim, axis) => {
    if (!reduced.has(axis)) return [dim];
    return keep ? [1] : [];
  });
};

const argReduce: ShapeRule = ([x = []], { attributes }) => {
  const reduced = axisOf(numberOf(attributes, 'axis', 0), x.length);
  const keep = numberOf(attributes, 'keepdims', 1) === 1;
  return x.flatMap((dim, axis) => {
    if (axis !== reduced) return [dim];
    return keep ? [1] : [];
  });
};

/** Operators that put one number in place of many. */
export const reductionRules: ShapeRules = {
  ArgMax: argReduce,
  ArgMin: argReduce,
  ReduceL2: reduce,
  ReduceMax: reduce,
  ReduceMean: reduce,
  ReduceMin: reduce,
  ReduceProd: reduce,
  ReduceSum: reduce,
  ReduceSumSquare: reduce,
};
