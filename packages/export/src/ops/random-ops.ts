import { knownIntegers } from '../graph/contents.ts';
import { float, int, ints, type Attributes, type Value } from '../graph/graph.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { filledWith } from './filled.ts';
import { toFloat } from './promote.ts';

const drawn = (call: OpCall, op: 'RandomNormal' | 'RandomUniform', spread: Attributes): Value => {
  const shape = knownIntegers(call.tensor(0));
  if (shape !== undefined) return call.add(op, [], { ...spread, shape: ints(shape) });
  return call.add(`${op}Like`, [filledWith(call, call.tensor(0), 0, 'float32')], spread);
};

const uniform = (call: OpCall, low: number, high: number): Value =>
  drawn(call, 'RandomUniform', { high: float(high), low: float(low) });

/** TensorFlow gives the range as inputs, tfjs reads it from settings, and without them draws zeros alone. */
const uniformInt: OpConverter = (call) => {
  if (call.inputs.length > 1)
    throw call.unsupported('whose range is an input, which tfjs takes no notice of');
  const [low, high] = [call.attributes.number('minval', 0), call.attributes.number('maxval', 1)];
  return call.cast(uniform(call, low, high), 'int32');
};

/**
 * The inverse of the error function, for |x| ≤ 0.99: a polynomial in log(1 - x²), the highest power first (Giles 2012,
 * "Approximating the erfinv function", single precision).
 */
const INVERSE_ERF = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 2.1858087e-4, -1.25372503e-3, -4.17768164e-3,
  0.246640727, 1.50140941,
];

const inverseErf = (call: OpCall, x: Value): Value => {
  const rest = call.add('Sub', [call.scalar('one', 1), call.add('Mul', [x, x])]);
  const w = call.add('Sub', [call.add('Neg', [call.add('Log', [rest])]), call.scalar('centre', 2.5)]);
  const [highest = 0, ...lower] = INVERSE_ERF;
  const sum = lower.reduce(
    (value, coefficient) =>
      call.add('Add', [call.add('Mul', [value, w]), call.scalar('coefficient', coefficient)]),
    call.scalar('coefficient', highest),
  );
  return call.add('Mul', [sum, x]);
};

/** The share of a normal distribution that lies within two deviations: erf(√2). */
const WITHIN_TWO = 0.9544997361036416;

/** Numbers within two deviations, drawn by the inverse of their distribution: ONNX has none that draws again. */
const truncatedNormal: OpConverter = (call) => {
  const normal = call.add('Mul', [
    inverseErf(call, uniform(call, -WITHIN_TWO, WITHIN_TWO)),
    call.scalar('deviation', Math.SQRT2 * call.attributes.number('stddev', 1)),
  ]);
  return call.add('Add', [normal, call.scalar('mean', call.attributes.number('means', 0))]);
};

/** ONNX's enumeration of element types has int32 here. */
const INT32 = 6;

const multinomial: OpConverter = (call) =>
  call.add('Multinomial', [toFloat(call, call.tensor(0))], {
    dtype: int(INT32),
    sample_size: int(call.knownNumber(1, 'number of samples')),
  });

/** Operators that draw numbers. No two runtimes draw the same. */
export const randomOps: OpConverters = {
  Multinomial: multinomial,
  RandomStandardNormal: (call) => drawn(call, 'RandomNormal', {}),
  RandomUniform: (call) =>
    uniform(call, call.attributes.number('minval', 0), call.attributes.number('maxval', 1)),
  RandomUniformInt: uniformInt,
  TruncatedNormal: truncatedNormal,
};
