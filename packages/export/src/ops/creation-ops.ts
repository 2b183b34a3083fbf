import { float, ints, tensor, type Value } from '../graph/graph.ts';
import { knownIntegers } from '../graph/contents.ts';
import { multiplyDims } from '../graph/dim.ts';
import { numbersOf, numericTensor, type DataType } from '../graph/tensor.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { promoteNumbers } from './promote.ts';

/** Constants of up to this many elements are written as they are. */
const MOST_ELEMENTS = 1024;

const filledWith = (call: OpCall, shape: Value, value: number, dtype: DataType): Value => {
  if (dtype === 'string') throw call.unsupported('of texts');
  const known = knownIntegers(shape);
  const count = known === undefined ? undefined : multiplyDims(known);
  if (known !== undefined && typeof count === 'number' && count <= MOST_ELEMENTS) {
    return call.constant('filled', numericTensor(dtype, known, new Float32Array(count).fill(value)));
  }
  return call.add('ConstantOfShape', [call.cast(shape, 'int64')], {
    value: tensor(numericTensor(dtype, [1], [value])),
  });
};

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

const random =
  (op: 'RandomNormal' | 'RandomUniform'): OpConverter =>
  (call) => {
    const { attributes } = call;
    const spread =
      op === 'RandomUniform'
        ? { high: float(attributes.number('maxval', 1)), low: float(attributes.number('minval', 0)) }
        : {};
    const shape = knownIntegers(call.tensor(0));
    if (shape !== undefined) return call.add(op, [], { ...spread, shape: ints(shape) });
    const zeros = filledWith(call, call.tensor(0), 0, 'float32');
    return call.add(`${op}Like`, [zeros], spread);
  };

/** Operators that make tensors out of sizes and numbers. */
export const creationOps: OpConverters = {
  Fill: fill,
  LinSpace: linSpace,
  OneHot: oneHot,
  Ones: filling(1),
  OnesLike: fillingLike(1),
  RandomStandardNormal: random('RandomNormal'),
  RandomUniform: random('RandomUniform'),
  Range: range,
  Zeros: filling(0),
  ZerosLike: fillingLike(0),
};
