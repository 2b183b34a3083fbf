import { float, int, type Value } from '../graph/graph.ts';
import type { LayerCall, LayerConverter, LayerConverters } from './layer-call.ts';

type Activation = (call: LayerCall, x: Value) => Value;

/** A smooth gate of the input by itself: x · gate(x). */
const gated = (call: LayerCall, x: Value, gate: Value): Value => call.add('Mul', [x, gate]);

const clip = (call: LayerCall, x: Value, low: number, high: number): Value =>
  call.add('Clip', [x, call.scalar('low', low), call.scalar('high', high)]);

const node =
  (op: string): Activation =>
  (call, x) =>
    call.add(op, [x]);

/** tfjs normalises over the last axis. */
const overLastAxis =
  (op: string): Activation =>
  (call, x) =>
    call.add(op, [x], { axis: int(x.shape.length - 1) });

/** x · Φ(x), with the error function (Hendrycks & Gimpel 2016). */
const gelu: Activation = (call, x) => {
  const erf = call.add('Erf', [call.add('Mul', [x, call.scalar('sqrt-half', Math.SQRT1_2)])]);
  const cdf = call.add('Mul', [call.add('Add', [erf, call.scalar('one', 1)]), call.scalar('half', 0.5)]);
  return gated(call, x, cdf);
};

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  elu: node('Elu'),
  gelu,
  hardSigmoid: (call, x) => call.add('HardSigmoid', [x], { alpha: float(0.2), beta: float(0.5) }),
  linear: (_, x) => x,
  logSoftmax: overLastAxis('LogSoftmax'),
  mish: (call, x) => gated(call, x, call.add('Tanh', [call.add('Softplus', [x])])),
  relu: node('Relu'),
  relu6: (call, x) => clip(call, x, 0, 6),
  selu: node('Selu'),
  sigmoid: node('Sigmoid'),
  softmax: overLastAxis('Softmax'),
  softplus: node('Softplus'),
  softsign: node('Softsign'),
  swish: (call, x) => gated(call, x, call.add('Sigmoid', [x])),
  tanh: node('Tanh'),
};

/**
 * Applies the activation that a layer's settings name; none where they name none.
 *
 * @param setting the setting that names it.
 * @throws {UnsupportedOpError} for one that has no ONNX form here.
 */
export const activate = (
  call: LayerCall,
  x: Value,
  setting: 'activation' | 'recurrentActivation' = 'activation',
): Value => {
  const name = call.config[setting] ?? 'linear';
  const activation =
    typeof name === 'string' && Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
  if (activation === undefined) throw call.unsupported(`with ${setting} ${JSON.stringify(name)}`);
  return activation(call, x);
};

const softmax: LayerConverter = (call) => {
  const { axis } = call.config;
  if (typeof axis !== 'number') throw call.unsupported(`over axes ${JSON.stringify(axis)}`);
  const { input } = call;
  return call.add('Softmax', [input], { axis: int(axis < 0 ? axis + input.shape.length : axis) });
};

const numberSetting = (call: LayerCall, name: string): number => call.config[name] as number;

/** Activations that are layers of their own. */
export const activationLayers: LayerConverters = {
  Activation: (call) => activate(call, call.input),
  ELU: (call) => call.add('Elu', [call.input], { alpha: float(numberSetting(call, 'alpha')) }),
  LeakyReLU: (call) => call.add('LeakyRelu', [call.input], { alpha: float(numberSetting(call, 'alpha')) }),
  PReLU: (call) => call.add('PRelu', [call.input, call.constant('alpha', call.weight('alpha'))]),
  ReLU: (call) => {
    const limit = call.config['maxValue'];
    return typeof limit === 'number' ? clip(call, call.input, 0, limit) : call.add('Relu', [call.input]);
  },
  Softmax: softmax,
  ThresholdedReLU: (call) =>
    call.add('ThresholdedRelu', [call.input], { alpha: float(numberSetting(call, 'theta')) }),
};
