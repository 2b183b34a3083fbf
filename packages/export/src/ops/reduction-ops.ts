import { int, type Value } from '../graph/graph.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { promoteNumbers, toFloat } from './promote.ts';

/** The axes of a reduction, counted from the front; those of a number do not exist. */
const axesOf = (call: OpCall, rank: number): readonly number[] =>
  rank === 0 ? [] : call.knownIntegers(1, 'axes').map((axis) => call.axis(axis, rank));

const reduce = (call: OpCall, op: string, x: Value): Value => {
  const axes = axesOf(call, x.shape.length);
  // ONNX takes no axes for all axes, TensorFlow for none.
  if (axes.length === 0) return op === 'ReduceL2' ? call.add('Abs', [x]) : x;
  const keep = call.attributes.boolean('keep_dims');
  return call.add(op, [x, call.integers('axes', axes)], { keepdims: int(keep ? 1 : 0) });
};

const ofNumbers =
  (op: string): OpConverter =>
  (call) =>
    reduce(call, op, promoteNumbers(call, [call.tensor(0)])[0] as Value);

const ofFloats =
  (op: string): OpConverter =>
  (call) =>
    reduce(call, op, toFloat(call, call.tensor(0)));

/** All is the least, any is the largest of bools. */
const ofBools =
  (op: string): OpConverter =>
  (call) =>
    call.cast(reduce(call, op, call.cast(call.cast(call.tensor(0), 'bool'), 'int32')), 'bool');

const argReduce =
  (op: string): OpConverter =>
  (call) => {
    const x = promoteNumbers(call, [call.tensor(0)])[0] as Value;
    const axis = call.axis(call.knownNumber(1, 'axis'), x.shape.length);
    return call.cast(call.add(op, [x], { axis: int(axis), keepdims: int(0) }), 'int32');
  };

const flag = (value: boolean) => int(value ? 1 : 0);

const cumulativeSum: OpConverter = (call) => {
  const x = promoteNumbers(call, [call.tensor(0)])[0] as Value;
  const axis = call.axis(call.knownNumber(1, 'axis'), x.shape.length);
  return call.add('CumSum', [x, call.scalar('axis', axis, 'int64')], {
    exclusive: flag(call.attributes.boolean('exclusive')),
    reverse: flag(call.attributes.boolean('reverse')),
  });
};

/** For each place the product of all elements that come before it: those after it count as 1. */
const cumulativeProduct: OpConverter = (call) => {
  const x = promoteNumbers(call, [call.tensor(0)])[0] as Value;
  const rank = x.shape.length;
  const axis = call.axis(call.knownNumber(1, 'axis'), rank);
  const size = call.add('Gather', [call.add('Shape', [x]), call.scalar('axis', axis, 'int64')]);
  const places = call.add('Range', [call.scalar('zero', 0, 'int64'), size, call.scalar('one', 1, 'int64')]);
  const trailing = Array.from({ length: rank - axis - 1 }, (_, index) => index + 1);
  const column = call.add('Unsqueeze', [places, call.integers('trailing', trailing)]);
  const row = call.add('Unsqueeze', [column, call.integers('front', [0])]);
  const target = call.add('Unsqueeze', [column, call.integers('behind', [1])]);
  const { attributes } = call;
  const [one, other] = attributes.boolean('reverse') ? [target, row] : [row, target];
  const counts = call.add(attributes.boolean('exclusive') ? 'Less' : 'LessOrEqual', [one, other]);
  const spread = call.add('Unsqueeze', [x, call.integers('spread', [axis])]);
  const factors = call.add('Where', [counts, spread, call.scalar('neutral', 1, x.dtype)]);
  return call.add('ReduceProd', [factors, call.integers('reduced', [axis + 1])], { keepdims: int(0) });
};

/** Reductions, and sums and products along an axis. */
export const reductionOps: OpConverters = {
  All: ofBools('ReduceMin'),
  Any: ofBools('ReduceMax'),
  ArgMax: argReduce('ArgMax'),
  ArgMin: argReduce('ArgMin'),
  Cumprod: cumulativeProduct,
  Cumsum: cumulativeSum,
  EuclideanNorm: ofFloats('ReduceL2'),
  Max: ofNumbers('ReduceMax'),
  Mean: ofFloats('ReduceMean'),
  Min: ofNumbers('ReduceMin'),
  Prod: ofNumbers('ReduceProd'),
  Sum: ofNumbers('ReduceSum'),
};
