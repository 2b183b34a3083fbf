import { float, type Value } from '../graph/graph.ts';
import type { OpCall } from '../graph-model/op-call.ts';
import { clip } from './math-ops.ts';

/** What a fused operation does after its convolution or product. */
export interface Fusion {
  readonly bias: Value | undefined;
  readonly activate: (x: Value) => Value;
}

const activationOf = (call: OpCall, name: string, slope: Value | undefined): ((x: Value) => Value) => {
  switch (name) {
    case '':
    case 'linear':
      return (x) => x;
    case 'relu':
      return (x) => call.add('Relu', [x]);
    case 'relu6':
      return (x) => clip(call, x, 0, 6);
    case 'elu':
      return (x) => call.add('Elu', [x]);
    case 'sigmoid':
      return (x) => call.add('Sigmoid', [x]);
    case 'tanh':
      return (x) => call.add('Tanh', [x]);
    case 'leakyrelu':
      return (x) =>
        call.add('LeakyRelu', [x], { alpha: float(call.attributes.number('leakyrelu_alpha', 0.2)) });
    case 'prelu':
      if (slope === undefined) throw call.unsupported('with a PReLU that has no slopes');
      return (x) => call.add('PRelu', [x, slope]);
    default:
      throw call.unsupported(`with the fused activation "${name}"`);
  }
};

/** Reads what is fused into an operation: its inputs from the third on are the bias and a PReLU's slopes. */
export const readFusion = (call: OpCall): Fusion => {
  const [first = '', second = ''] = call.attributes.texts('fused_ops').map((name) => name.toLowerCase());
  const extra = call.tensors(2);
  if (first === 'fusedbatchnorm') throw call.unsupported('with a fused batch normalisation');
  const hasBias = first === 'biasadd';
  return {
    bias: hasBias ? extra[0] : undefined,
    activate: activationOf(call, second, extra[hasBias ? 1 : 0]),
  };
};
