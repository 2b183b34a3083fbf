import { int, type Value } from '../graph/graph.ts';
import { floatTensor } from '../graph/tensor.ts';
import { activate } from './activation.ts';
import type { LayerCall } from './layer-call.ts';

/** Writes one step of a cell: its inputs are the step's and the states, its results the new states. */
export type CellConverter = (call: LayerCall) => readonly Value[];

const weightOf = (call: LayerCall, name: string): Value => call.constant(name, call.weight(name));

const times = (call: LayerCall, x: Value, kernel: Value): Value => call.add('MatMul', [x, kernel]);

/** What the step's input brings to all gates, `[batch, gates · units]`. */
const fromInput = (call: LayerCall, x: Value): Value => {
  const product = times(call, x, weightOf(call, 'kernel'));
  const bias = call.optionalWeight('bias');
  return bias === undefined ? product : call.add('Add', [product, call.constant('bias', bias)]);
};

const parted = (call: LayerCall, gates: Value, count: number, axis = 1): readonly Value[] => {
  const size = (gates.shape[axis] as number) / count;
  const sizes = call.integers(
    'gates',
    Array.from({ length: count }, () => size),
  );
  return call.addMany('Split', [gates, sizes], { axis: int(axis) }, count);
};

/**
 * What an LSTM makes of its gates.
 *
 * @param gates for input, forget, cell and output, along an axis.
 * @returns the new hidden and carried state.
 */
export const lstmStates = (call: LayerCall, gates: Value, carried: Value, axis = 1): readonly Value[] => {
  const [input, forget, cell, output] = parted(call, gates, 4, axis) as [Value, Value, Value, Value];
  const gate = (x: Value): Value => activate(call, x, 'recurrentActivation');
  const kept = call.add('Mul', [gate(forget), carried]);
  const next = call.add('Add', [kept, call.add('Mul', [gate(input), activate(call, cell)])]);
  return [call.add('Mul', [gate(output), activate(call, next)]), next];
};

const lstmCell: CellConverter = (call) => {
  const [x, hidden, carried] = call.inputs as [Value, Value, Value];
  const recalled = times(call, hidden, weightOf(call, 'recurrent_kernel'));
  return lstmStates(call, call.add('Add', [fromInput(call, x), recalled]), carried);
};

/** Columns of a kernel `[rows, columns]`. */
const columns = (call: LayerCall, name: string, start: number, end: number): Value => {
  const kernel = call.weight(name);
  const [rows = 1, width = 1] = kernel.shape;
  const taken = new Float32Array(rows * (end - start));
  for (let row = 0; row < rows; row++)
    taken.set(kernel.data.subarray(row * width + start, row * width + end), row * (end - start));
  return call.constant(`${name}-${start}`, floatTensor([rows, end - start], taken));
};

/** The update and the reset gate look at the state itself, the new state at what the reset gate leaves of it. */
const gruCell: CellConverter = (call) => {
  const [x, hidden] = call.inputs as [Value, Value];
  const units = call.config['units'] as number;
  const [updateX, resetX, newX] = parted(call, fromInput(call, x), 3) as [Value, Value, Value];
  const recalled = times(call, hidden, columns(call, 'recurrent_kernel', 0, 2 * units));
  const [updateH, resetH] = parted(call, recalled, 2) as [Value, Value];
  const gate = (one: Value, other: Value): Value =>
    activate(call, call.add('Add', [one, other]), 'recurrentActivation');
  const update = gate(updateX, updateH);
  const left = call.add('Mul', [gate(resetX, resetH), hidden]);
  const newH = times(call, left, columns(call, 'recurrent_kernel', 2 * units, 3 * units));
  const fresh = activate(call, call.add('Add', [newX, newH]));
  const others = call.add('Sub', [call.scalar('one', 1), update]);
  return [call.add('Add', [call.add('Mul', [update, hidden]), call.add('Mul', [others, fresh])])];
};

const simpleCell: CellConverter = (call) => {
  const [x, hidden] = call.inputs as [Value, Value];
  const recalled = times(call, hidden, weightOf(call, 'recurrent_kernel'));
  return [activate(call, call.add('Add', [fromInput(call, x), recalled]))];
};

/** Cells of vectors, by their class. */
export const cellConverters: Readonly<Record<string, CellConverter>> = {
  GRUCell: gruCell,
  LSTMCell: lstmCell,
  SimpleRNNCell: simpleCell,
};
