import type { Value } from '../graph/graph.ts';
import { numbersOf, numericTensor } from '../graph/tensor.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { filledWith } from './filled.ts';
import { promoteNumbers } from './promote.ts';

const fill: OpConverter = (call) => {
  const value = call.tensor(1);
  const constant = value.constant === undefined ? undefined : numbersOf(value.constant.tensor)?.[0];
  if (constant === undefined) return call.add('Expand', [value, call.sizes(0)]);
  return filledWith(call, call.tensor(0), constant, value.dtype);
};

const filling =
  (value: number): OpConverter =>
  (call) =>
    filledWith(call, call.tensor(0), value, call.attributes.type('T') ?? 'float32');

/** Where the shape is known it is a constant, and nothing depends on the input. */
const fillingLike =
  (value: number): OpConverter =>
  (call) => {
    const x = call.tensor(0);
    return filledWith(call, call.add('Shape', [x]), value, x.dtype);
  };

const asScalar = (call: OpCall, value: Value): Value =>
  value.shape.length === 0 ? value : call.reshape(value, []);

const range: OpConverter = (call) => {
  const bounds = promoteNumbers(call, call.tensors(0, 3)).map((value) => asScalar(call, value));
  return call.cast(call.add('Range', bounds), call.attributes.type('Tidx') ?? 'int32');
};

/** From start to stop, both included. */
const linSpace: OpConverter = (call) => {
  const [start, stop] = call.tensors(0, 2) as [Value, Value];
  const number = call.knownNumber(2, 'number of steps');
  const steps = call.constant(
    'steps',
    numericTensor(
      'float32',
      [number],
      Array.from({ length: number }, (_, step) => step / Math.max(1, number - 1)),
    ),
  );
  return call.add('Add', [start, call.add('Mul', [call.add('Sub', [stop, start]), steps])]);
};

/** tfjs puts the classes into the last axis, whatever the node says. */
const oneHot: OpConverter = (call) => {
  const [indices, depth, on, off] = call.tensors(0, 4) as [Value, Value, Value, Value];
  const dtype = call.attributes.type('T') ?? 'float32';
  const levels = [off, on].map((value) => {
    return call.add('Unsqueeze', [call.cast(asScalar(call, value), 'float32'), call.integers('axes', [0])]);
  });
  const values = call.add('Concat', levels, { axis: { type: 'int', value: 0 } });
  const depthInt = call.cast(asScalar(call, depth), 'int64');
  return call.cast(call.add('OneHot', [call.cast(indices, 'int64'), depthInt, values]), dtype);
};

/** Operators that make tensors out of sizes and numbers. */
export const creationOps: OpConverters = {
  Fill: fill,
  LinSpace: linSpace,
  OneHot: oneHot,
  Ones: filling(1),
  OnesLike: fillingLike(1),
  Range: range,
  Zeros: filling(0),
  ZerosLike: fillingLike(0),
};
