import type { Value } from '../graph/graph.ts';
import { LayerCall, type Cell, type LayerConverter, type LayerConverters } from './layer-call.ts';
import { cellConverters } from './recurrent-cells.ts';
import { isOperator, runOperators } from './recurrent-operator.ts';
import { zeroState, type Recurrence } from './recurrent-steps.ts';
import { scanSteps, type Steps } from './scan-steps.ts';

/** How long each state of a cell is. */
const stateSizes = ({ className, config }: Cell): readonly number[] => {
  const units = config['units'] as number;
  return className === 'LSTMCell' ? [units, units] : [units];
};

/** Runs each step through one cell after the other. States are those of the last cell first. */
const stepOf =
  (call: LayerCall): Steps['step'] =>
  (builder, input, states) => {
    const rest = [...states];
    const next: Value[] = [];
    let x = input;
    for (const [index, { className, config, weights }] of call.cells.entries()) {
      const count = stateSizes(call.cells[index] as Cell).length;
      const converter = cellConverters[className];
      if (converter === undefined) throw call.unsupported(`with a ${className}`);
      const name = call.cells.length === 1 ? call.name : `${call.name}/cell_${index}`;
      const inputs = [x, ...rest.splice(-count, count)];
      const made = converter(new LayerCall({ builder, className, name, config, weights, inputs }));
      x = made[0] as Value;
      next.unshift(...made);
    }
    return next;
  };

const recur = (call: LayerCall, sequence: Value, initial: readonly Value[]): Recurrence => {
  if (!call.isMasked && call.cells.every(isOperator)) return runOperators(call, sequence, initial);
  const sizes = call.cells.toReversed().flatMap(stateSizes);
  const states = initial.length > 0 ? initial : sizes.map((size) => zeroState(call, sequence, [size]));
  return scanSteps(call, { sequence, initial: states, step: stepOf(call) });
};

/** What a recurrent layer gives of what it came to, as its settings say. */
export const recurrentResults = (call: LayerCall, { sequence, states }: Recurrence): readonly Value[] => {
  const output = call.config['returnSequences'] === true ? sequence : (states[0] as Value);
  return call.config['returnState'] === true ? [output, ...states] : [output];
};

/**
 * Refuses layers that keep their state from run to run: a graph has none.
 *
 * @throws {UnsupportedOpError} for stateful layers.
 */
export const assertStateless = (call: LayerCall): void => {
  if (call.config['stateful'] === true) throw call.unsupported('that keeps its state between runs');
};

/** A sequence, and the states to start with where the model says them. */
const recurrent: LayerConverter = (call) => {
  assertStateless(call);
  const [sequence, ...initial] = call.inputs as [Value, ...Value[]];
  return recurrentResults(call, recur(call, sequence, initial));
};

/** Layers over sequences of vectors. */
export const recurrentLayers: LayerConverters = {
  GRU: recurrent,
  LSTM: recurrent,
  RNN: recurrent,
  SimpleRNN: recurrent,
};
