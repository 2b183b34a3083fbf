import type { Value } from '../graph/graph.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { promoteNumbers } from './promote.ts';

type Operands = readonly [Value, Value];

const operandsOf = (call: OpCall): Operands =>
  promoteNumbers(call, call.tensors(0, 2)) as unknown as Operands;

const binary =
  (op: string): OpConverter =>
  (call) =>
    call.add(op, operandsOf(call));

const isWhole = ({ dtype }: Value): boolean => dtype !== 'float32';

/** The remainder has the divisor's sign, so that what is left divides without a rest. */
const floorDivide = (call: OpCall, [a, b]: Operands): Value => {
  if (!isWhole(a)) return call.add('Floor', [call.add('Div', [a, b])]);
  return call.add('Div', [call.add('Sub', [a, call.add('Mod', [a, b])]), b]);
};

/** tfjs divides whole numbers without a rest. */
const divide: OpConverter = (call) => {
  const operands = operandsOf(call);
  return isWhole(operands[0]) ? floorDivide(call, operands) : call.add('Div', operands);
};

const divideNoNan: OpConverter = (call) => {
  const operands = operandsOf(call).map((operand) => call.cast(operand, 'float32')) as unknown as Operands;
  const isZero = call.add('Equal', [operands[1], call.scalar('zero', 0)]);
  return call.add('Where', [isZero, call.scalar('zero', 0), call.add('Div', operands)]);
};

/** The remainder with the divisor's sign; ONNX's Mod has it for whole numbers alone. */
const floorMod: OpConverter = (call) => {
  const [a, b] = operandsOf(call);
  if (isWhole(a)) return call.add('Mod', [a, b]);
  return call.add('Sub', [a, call.add('Mul', [floorDivide(call, [a, b]), b])]);
};

const squaredDifference: OpConverter = (call) => {
  const difference = call.add('Sub', operandsOf(call));
  return call.add('Mul', [difference, difference]);
};

const addN: OpConverter = (call) =>
  promoteNumbers(call, call.tensors()).reduce((sum, x) => call.add('Add', [sum, x]));

/** Arithmetic of two operands, with broadcasting. */
export const arithmeticOps: OpConverters = {
  Add: binary('Add'),
  AddN: addN,
  AddV2: binary('Add'),
  BiasAdd: binary('Add'),
  Div: divide,
  DivNoNan: divideNoNan,
  // tfjs calls the result whole numbers, whatever it divided.
  FloorDiv: (call) => call.cast(floorDivide(call, operandsOf(call)), 'int32'),
  FloorMod: floorMod,
  Maximum: binary('Max'),
  Minimum: binary('Min'),
  Mod: floorMod,
  Mul: binary('Mul'),
  Pow: binary('Pow'),
  RealDiv: divide,
  SquaredDifference: squaredDifference,
  Sub: binary('Sub'),
};
