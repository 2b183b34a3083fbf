import { ABSENT, floats, int, string, strings, type Attributes, type Value } from '../graph/graph.ts';
import { floatTensor, reshapeTensor, transposeTensor, type FloatTensor } from '../graph/tensor.ts';
import type { Cell, LayerCall } from './layer-call.ts';
import { backwards, type Recurrence } from './recurrent-steps.ts';

/** A recurrent operator of ONNX, and where each of its gates stands among those of Keras. */
interface Operator {
  readonly op: 'GRU' | 'LSTM' | 'RNN';
  readonly gates: readonly number[];
  /** Which activation each of the operator's functions is. */
  readonly functions: readonly ('activation' | 'recurrentActivation')[];
  readonly states: number;
}

/** Keras has the gates of an LSTM as input, forget, cell, output, ONNX as input, output, forget, cell. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  GRUCell: { op: 'GRU', gates: [0, 1, 2], functions: ['recurrentActivation', 'activation'], states: 1 },
  LSTMCell: {
    op: 'LSTM',
    gates: [0, 3, 1, 2],
    functions: ['recurrentActivation', 'activation', 'activation'],
    states: 2,
  },
  SimpleRNNCell: { op: 'RNN', gates: [0], functions: ['activation'], states: 1 },
};

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

const functionsOf = ({ className, config }: Cell) =>
  (OPERATORS[className]?.functions ?? []).map((setting) => {
    const name = config[setting] ?? 'linear';
    return typeof name === 'string' && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  });

/** True for cells that an operator of ONNX stands for. */
export const isOperator = (cell: Cell): boolean =>
  Object.hasOwn(OPERATORS, cell.className) && functionsOf(cell).every((known) => known !== undefined);

const functionAttributes = (cell: Cell): Attributes => {
  const functions = functionsOf(cell).filter((known) => known !== undefined);
  return {
    activation_alpha: floats(functions.map(([, alpha]) => alpha)),
    activation_beta: floats(functions.map(([, , beta]) => beta)),
    activations: strings(functions.map(([name]) => name)),
  };
};

/** Turns `[rows, gates · units]` into `[1, gates · units, rows]`, with the gates in ONNX's order. */
const gateRows = (kernel: FloatTensor, { gates }: Operator): FloatTensor => {
  const [rows = 1, width = 1] = kernel.shape;
  const units = width / gates.length;
  const turned = transposeTensor(kernel, [1, 0]).data;
  const ordered = new Float32Array(width * rows);
  for (const [place, gate] of gates.entries())
    ordered.set(turned.subarray(gate * units * rows, (gate + 1) * units * rows), place * units * rows);
  return floatTensor([1, width, rows], ordered);
};

const biasRow = ({ weights }: Cell, operator: Operator, width: number): FloatTensor => {
  const bias = weights.get('bias') ?? floatTensor([width], new Float32Array(width));
  const ordered = gateRows(reshapeTensor(bias, [1, width]), operator).data;
  return floatTensor([1, 2 * width], [...ordered, ...new Float32Array(width)]);
};

interface Run {
  /** `[batch, steps, features]`. */
  readonly sequence: Value;
  /** Where the states start; zeros where there are none. */
  readonly initial: readonly Value[];
  readonly goesBackwards: boolean;
  /** Where the cell stands among several; empty for a lone one. */
  readonly prefix: string;
}

/** Steps come first in ONNX and second in Keras. */
const runOperator = (call: LayerCall, cell: Cell, run: Run): Recurrence => {
  const operator = OPERATORS[cell.className] as Operator;
  const constant = (role: string, tensor: FloatTensor): Value =>
    call.constant(`${run.prefix}${role}`, tensor);
  const weight = (name: string): FloatTensor => {
    const found = cell.weights.get(name);
    if (found === undefined) throw call.unsupported(`without weight "${name}"`);
    return found;
  };
  const kernel = weight('kernel');
  const width = kernel.shape[1] ?? 1;
  const front = call.integers('direction', [0]);
  const starts = run.initial.map((state) => call.add('Unsqueeze', [state, front]));
  const [all, ...last] = call.addMany(
    operator.op,
    [
      call.transpose(run.sequence, [1, 0, 2]),
      constant('kernel', gateRows(kernel, operator)),
      constant('recurrent_kernel', gateRows(weight('recurrent_kernel'), operator)),
      constant('bias', biasRow(cell, operator, width)),
      ...(starts.length === 0 ? [] : [ABSENT, ...starts]),
    ],
    {
      ...functionAttributes(cell),
      direction: string(run.goesBackwards ? 'reverse' : 'forward'),
      hidden_size: int(width / operator.gates.length),
    },
    1 + operator.states,
  ) as [Value, ...Value[]];
  const steps = call.transpose(call.add('Squeeze', [all, call.integers('direction', [1])]), [1, 0, 2]);
  return {
    sequence: run.goesBackwards ? backwards(call, steps) : steps,
    states: last.map((state) => call.add('Squeeze', [state, front])),
  };
};

/**
 * Goes through a sequence with ONNX's own LSTM, GRU and RNN, one for each cell.
 *
 * @param initial the states of the last cell, then those of the one before it and so on; none for zeros.
 */
export const runOperators = (call: LayerCall, input: Value, initial: readonly Value[]): Recurrence => {
  const rest = [...initial];
  const states: Value[] = [];
  let sequence = input;
  for (const [index, cell] of call.cells.entries()) {
    const count = OPERATORS[cell.className]?.states ?? 1;
    const run = runOperator(call, cell, {
      sequence,
      initial: rest.splice(-count, count),
      goesBackwards: index === 0 && call.config['goBackwards'] === true,
      prefix: call.cells.length === 1 ? '' : `cell_${index}/`,
    });
    ({ sequence } = run);
    states.unshift(...run.states);
  }
  return { sequence, states };
};
