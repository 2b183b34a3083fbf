import { floats, int, string, strings, type Attributes, type Value } from '../graph/graph.ts';
import { floatTensor, reshapeTensor, transposeTensor, type FloatTensor } from '../graph/tensor.ts';
import type { LayerCall, LayerConverter } from './layer-call.ts';

/** A recurrent operator of ONNX, and where each of its gates stands among those of Keras. */
interface Recurrent {
  readonly op: 'GRU' | 'LSTM' | 'RNN';
  readonly gates: readonly number[];
  /** Which activation each of the operator's functions is. */
  readonly functions: readonly ('activation' | 'recurrentActivation')[];
}

/** Keras has the gates of an LSTM as input, forget, cell, output, ONNX as input, output, forget, cell. */
const LSTM: Recurrent = {
  op: 'LSTM',
  gates: [0, 3, 1, 2],
  functions: ['recurrentActivation', 'activation', 'activation'],
};

const GRU: Recurrent = { op: 'GRU', gates: [0, 1, 2], functions: ['recurrentActivation', 'activation'] };

const RNN: Recurrent = { op: 'RNN', gates: [0], functions: ['activation'] };

/** Keras's names of activations, and ONNX's with the numbers that go with them. */
const FUNCTIONS: Readonly<Record<string, readonly [string, number, number]>> = {
  elu: ['Elu', 1, 0],
  hardSigmoid: ['HardSigmoid', 0.2, 0.5],
  linear: ['Affine', 1, 0],
  relu: ['Relu', 0, 0],
  sigmoid: ['Sigmoid', 0, 0],
  softplus: ['Softplus', 0, 0],
  softsign: ['Softsign', 0, 0],
  tanh: ['Tanh', 0, 0],
};

const functionsOf = (call: LayerCall, { functions }: Recurrent): Attributes => {
  const found = functions.map((setting) => {
    const named = call.config[setting];
    const name = (typeof named === 'string' ? named : 'linear').replaceAll(/_(\w)/gu, (_, letter: string) =>
      letter.toUpperCase(),
    );
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (known === undefined) throw call.unsupported(`with ${setting} "${name}"`);
    return known;
  });
  return {
    activation_alpha: floats(found.map(([, alpha]) => alpha)),
    activation_beta: floats(found.map(([, , beta]) => beta)),
    activations: strings(found.map(([name]) => name)),
  };
};

/** Turns `[rows, gates · units]` into `[1, gates · units, rows]`, with the gates in ONNX's order. */
const gateRows = (kernel: FloatTensor, { gates }: Recurrent): FloatTensor => {
  const [rows = 1, width = 1] = kernel.shape;
  const units = width / gates.length;
  const turned = transposeTensor(kernel, [1, 0]).data;
  const ordered = gates.flatMap((gate) =>
    Array.from(turned.subarray(gate * units * rows, (gate + 1) * units * rows)),
  );
  return floatTensor([1, width, rows], ordered);
};

const biasRow = (call: LayerCall, recurrent: Recurrent, width: number): FloatTensor => {
  const bias = call.optionalWeight('bias') ?? floatTensor([width], new Float32Array(width));
  const ordered = gateRows(reshapeTensor(bias, [1, width]), recurrent).data;
  return floatTensor([1, 2 * width], [...ordered, ...new Float32Array(width)]);
};

/** Steps come first in ONNX and second in Keras. */
const recurrent =
  (kind: Recurrent): LayerConverter =>
  (call) => {
    if (call.config['returnState'] === true || call.config['stateful'] === true) {
      throw call.unsupported('that gives or keeps its state');
    }
    const kernel = call.weight('kernel');
    const width = kernel.shape[1] ?? 1;
    const goesBackwards = call.config['goBackwards'] === true;
    const steps = call.transpose(call.input, [1, 0, 2]);
    const inputs = [
      steps,
      call.constant('kernel', gateRows(kernel, kind)),
      call.constant('recurrent_kernel', gateRows(call.weight('recurrent_kernel'), kind)),
      call.constant('bias', biasRow(call, kind, width)),
    ];
    const [all, last] = call.addMany(
      kind.op,
      inputs,
      {
        ...functionsOf(call, kind),
        direction: string(goesBackwards ? 'reverse' : 'forward'),
        hidden_size: int(width / kind.gates.length),
      },
      2,
    ) as [Value, Value];
    if (call.config['returnSequences'] !== true)
      return call.add('Squeeze', [last, call.integers('direction', [0])]);
    const sequence = call.transpose(call.add('Squeeze', [all, call.integers('direction', [1])]), [1, 0, 2]);
    return goesBackwards ? backwards(call, sequence) : sequence;
  };

/** Keras gives what it made in the order in which it made it. */
const backwards = (call: LayerCall, sequence: Value): Value =>
  call.add('Slice', [
    sequence,
    call.integers('starts', [-1]),
    call.integers('ends', [-(2 ** 31) + 1]),
    call.integers('axes', [1]),
    call.integers('steps', [-1]),
  ]);

/** Layers over sequences. */
export const recurrentLayers: Readonly<Record<string, LayerConverter>> = {
  GRU: recurrent(GRU),
  LSTM: recurrent(LSTM),
  SimpleRNN: recurrent(RNN),
};
