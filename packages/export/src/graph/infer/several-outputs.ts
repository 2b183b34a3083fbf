import { contentsOf, knownIntegers } from '../contents.ts';
import { intsOf, numberOf, type Graph } from '../graph.ts';
import { shapeRuleOf } from './shape-rule-of.ts';
import { axisOf, type Operation, type Outcome } from './operation.ts';

/** A rule for all results of an operator that has several. */
type OutcomesRule = (operation: Operation) => readonly Outcome[];

const graphOf = ({ attributes }: Operation, name: string): Graph => {
  const attribute = attributes[name];
  if (attribute?.type !== 'graph') throw new RangeError(`it has no graph "${name}"`);
  return attribute.value;
};

/** Where the branches differ in a size, it is known only when the graph runs. */
const branches: OutcomesRule = (operation) => {
  const other = graphOf(operation, 'else_branch').outputs;
  return graphOf(operation, 'then_branch').outputs.map(({ value }, index) => {
    const shape = other[index]?.value.shape ?? [];
    if (shape.length !== value.shape.length) throw new RangeError(`result ${index} has two ranks`);
    return {
      dtype: value.dtype,
      shape: value.shape.map((dim, axis) => (dim === shape[axis] ? dim : operation.newSymbol())),
    };
  });
};

/** Results that are carried from round to round, and then what was put aside in each round. */
const loop: OutcomesRule = (operation) => {
  const carried = operation.inputs.length - 2;
  return graphOf(operation, 'body')
    .outputs.slice(1)
    .map(({ value: { dtype, shape } }, index) => ({
      dtype,
      shape: index < carried ? shape : [operation.newSymbol(), ...shape],
    }));
};

/** The states after the last step, and then what was put aside at each step, along an axis of its own. */
const scan: OutcomesRule = (operation) => {
  const { inputs, attributes } = operation;
  const states = inputs.length - numberOf(attributes, 'num_scan_inputs', 1);
  const steps = inputs[states]?.shape[intsOf(attributes, 'scan_input_axes')[0] ?? 0] ?? 1;
  const axes = intsOf(attributes, 'scan_output_axes');
  return graphOf(operation, 'body').outputs.map(({ value: { dtype, shape } }, index) => ({
    dtype,
    shape: index < states ? shape : shape.toSpliced(axes[index - states] ?? 0, 0, steps),
  }));
};

const split: OutcomesRule = ({ inputs, attributes }) => {
  const [x, sizes] = inputs;
  const shape = x?.shape ?? [];
  const axis = axisOf(numberOf(attributes, 'axis', 0), shape.length);
  const parts = knownIntegers(sizes);
  if (x === undefined || parts === undefined) throw new RangeError('the sizes of the parts must be known');
  const whole = shape[axis];
  if (typeof whole === 'number' && parts.reduce((sum, part) => sum + part, 0) !== whole) {
    throw new RangeError(`parts of ${parts.join(' + ')} do not fill axis ${axis}`);
  }
  return parts.map((part) => ({ dtype: x.dtype, shape: shape.with(axis, part) }));
};

const topK: OutcomesRule = ({ inputs, attributes, newSymbol }) => {
  const [x, k] = inputs;
  const shape = x?.shape ?? [];
  const axis = axisOf(numberOf(attributes, 'axis', -1), shape.length);
  const taken = shape.with(axis, contentsOf(k)?.[0] ?? newSymbol());
  return [
    { dtype: x?.dtype ?? 'float32', shape: taken },
    { dtype: 'int64', shape: taken },
  ];
};

const unique: OutcomesRule = ({ inputs, attributes, newSymbol }) => {
  const [x] = inputs;
  const shape = x?.shape ?? [];
  const found = newSymbol();
  const axis = attributes['axis'] === undefined ? undefined : numberOf(attributes, 'axis', 0);
  const values = axis === undefined ? [found] : shape.with(axisOf(axis, shape.length), found);
  const whole = axis === undefined ? newSymbol() : (shape[axisOf(axis, shape.length)] ?? 1);
  const places = { dtype: 'int64' as const, shape: [found] };
  return [
    { dtype: x?.dtype ?? 'float32', shape: values },
    places,
    { dtype: 'int64', shape: [whole] },
    places,
  ];
};

/** Recurrent layers give what they make of each step, and of the last: `[steps, 1, batch, units]`, `[1, batch, units]`. */
const recurrent: OutcomesRule = ({ inputs, attributes }) => {
  const [steps = 1, batch = 1] = inputs[0]?.shape ?? [];
  const units = numberOf(attributes, 'hidden_size', 1);
  const last = (): Outcome => ({ dtype: 'float32', shape: [1, batch, units] });
  return [{ dtype: 'float32', shape: [steps, 1, batch, units] }, last(), last()];
};

/** MaxPool gives where it found the largest, too, where asked. */
const maxPool: OutcomesRule = (operation) => {
  const shapes = operation.inputs.map((input) => input.shape);
  const shape = shapeRuleOf('MaxPool')(shapes, operation);
  return [
    { dtype: operation.inputs[0]?.dtype ?? 'float32', shape },
    { dtype: 'int64', shape },
  ];
};

/** The rules of operators with several results. */
export const severalOutputs: Readonly<Record<string, OutcomesRule>> = {
  GRU: recurrent,
  If: branches,
  LSTM: recurrent,
  Loop: loop,
  MaxPool: maxPool,
  RNN: recurrent,
  Scan: scan,
  Split: split,
  TopK: topK,
  Unique: unique,
};
