import { multiplyDims } from '../graph/dim.ts';
import { int, type Value } from '../graph/graph.ts';
import { knownDim } from '../graph/shape.ts';
import { ComplexPair } from '../graph-model/edge.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { toFloat } from './promote.ts';

/** Signals in rows, `[signals, samples]`: a Fourier transform takes the last axis. */
const rows = (call: OpCall, x: Value): Value =>
  call.reshape(x, [multiplyDims(x.shape.slice(0, -1)), knownDim(x.shape, x.shape.length - 1)]);

const part = (call: OpCall, transformed: Value, place: 0 | 1): Value =>
  call.add('Gather', [transformed, call.scalar('part', place, 'int64')], { axis: int(2) });

/** Transforms signals `[signals, samples, 1 or 2]` and gives the parts in the shape of the signals that came in. */
const transform = (
  call: OpCall,
  signals: Value,
  like: Value,
  settings: { inverse?: boolean; oneSided?: boolean },
): ComplexPair => {
  const transformed = call.add('DFT', [signals], {
    axis: int(1),
    inverse: int(settings.inverse === true ? 1 : 0),
    onesided: int(settings.oneSided === true ? 1 : 0),
  });
  const shape = [...like.shape.slice(0, -1), knownDim(transformed.shape, 1)];
  return new ComplexPair(
    call.reshape(part(call, transformed, 0), shape),
    call.reshape(part(call, transformed, 1), shape),
  );
};

const interleaved = (call: OpCall, { real, imaginary }: ComplexPair): Value => {
  const parts = [real, imaginary].map((value) =>
    call.add('Unsqueeze', [rows(call, value), call.integers('last', [2])]),
  );
  return call.add('Concat', parts, { axis: int(2) });
};

const fourier =
  (inverse: boolean): OpConverter =>
  (call) => {
    const pair = call.complex(0);
    return transform(call, interleaved(call, pair), pair.real, { inverse });
  };

const realFourier: OpConverter = (call) => {
  const x = toFloat(call, call.tensor(0));
  const samples = knownDim(x.shape, x.shape.length - 1);
  if (call.knownNumber(1, 'length') !== samples)
    throw call.unsupported('of another length than its input, which tfjs takes no notice of');
  const signals = call.add('Unsqueeze', [rows(call, x), call.integers('last', [2])]);
  return transform(call, signals, x, { oneSided: true });
};

/** Part of the last axis, backwards: the half of a spectrum that mirrors the other. */
const mirrored = (call: OpCall, x: Value): Value => {
  const axis = x.shape.length - 1;
  return call.add('Slice', [
    x,
    call.integers('starts', [knownDim(x.shape, axis) - 2]),
    call.integers('ends', [0]),
    call.integers('axes', [axis]),
    call.integers('steps', [-1]),
  ]);
};

/** The spectrum of a real signal is its own conjugate, mirrored. */
const inverseRealFourier: OpConverter = (call) => {
  const { real, imaginary } = call.complex(0);
  const axis = int(real.shape.length - 1);
  const whole = new ComplexPair(
    call.add('Concat', [real, mirrored(call, real)], { axis }),
    call.add('Concat', [imaginary, call.add('Neg', [mirrored(call, imaginary)])], { axis }),
  );
  return transform(call, interleaved(call, whole), whole.real, { inverse: true }).real;
};

const magnitude: OpConverter = (call) => {
  const { real, imaginary } = call.complex(0);
  const squares = [real, imaginary].map((value) => call.add('Mul', [value, value]));
  return call.add('Sqrt', [call.add('Add', squares)]);
};

/** Complex numbers and Fourier transforms. */
export const spectralOps: OpConverters = {
  Complex: (call) => new ComplexPair(call.tensor(0), call.tensor(1)),
  ComplexAbs: magnitude,
  FFT: fourier(false),
  IFFT: fourier(true),
  IRFFT: inverseRealFourier,
  Imag: (call) => call.complex(0).imaginary,
  RFFT: realFourier,
  Real: (call) => call.complex(0).real,
};
