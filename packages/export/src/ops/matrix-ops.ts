import { int, string, type Value } from '../graph/graph.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { readFusion } from './fused.ts';
import { transposedMatrix } from './kernels.ts';
import { promoteNumbers } from './promote.ts';

const factors = (call: OpCall, turnA: boolean, turnB: boolean): readonly [Value, Value] => {
  const [a, b] = promoteNumbers(call, call.tensors(0, 2)) as [Value, Value];
  return [turnA ? transposedMatrix(call, a) : a, turnB ? transposedMatrix(call, b) : b];
};

const isGemm = ([a, b]: readonly [Value, Value]): boolean =>
  a.dtype === 'float32' && a.shape.length === 2 && b.shape.length === 2;

const product = (call: OpCall, operands: readonly [Value, Value], bias?: Value): Value => {
  const isInner = bias !== undefined && isGemm(operands) && bias.shape.length === 1;
  const inputs = isInner ? [...operands, bias] : operands;
  const result = call.add(isGemm(operands) ? 'Gemm' : 'MatMul', inputs);
  return bias === undefined || isInner ? result : call.add('Add', [result, bias]);
};

const matMul: OpConverter = (call) => {
  const { attributes } = call;
  return product(call, factors(call, attributes.boolean('transpose_a'), attributes.boolean('transpose_b')));
};

const fusedMatMul: OpConverter = (call) => {
  const { attributes } = call;
  const { bias, activate } = readFusion(call);
  const operands = factors(call, attributes.boolean('transpose_a'), attributes.boolean('transpose_b'));
  return activate(product(call, operands, bias));
};

const batchMatMul: OpConverter = (call) =>
  product(call, factors(call, call.attributes.boolean('adj_x'), call.attributes.boolean('adj_y')));

const transpose: OpConverter = (call) => {
  const rank = call.tensor(0).shape.length;
  const permutation = call.knownIntegers(1, 'permutation').map((axis) => call.axis(axis, rank));
  return call.transpose(call.tensor(0), permutation);
};

const einsum: OpConverter = (call) => {
  const equation = call.attributes.text('equation', '');
  if (!equation.includes('->') || equation.includes('.'))
    throw call.unsupported(`with the equation "${equation}"`);
  return call.add('Einsum', promoteNumbers(call, call.tensors()), {
    equation: string(equation.replaceAll(' ', '')),
  });
};

/** Keeps a band around the diagonal: the lower part of the upper part of the matrix. Negative numbers keep all. */
const matrixBandPart: OpConverter = (call) => {
  const below = call.knownNumber(1, 'number of lower diagonals');
  const above = call.knownNumber(2, 'number of upper diagonals');
  if (below !== above) throw call.unsupported('of different widths, as tfjs takes the lower one for both');
  let x = call.tensor(0);
  if (above >= 0) x = call.add('Trilu', [x, call.scalar('above', above, 'int64')], { upper: int(0) });
  if (below >= 0) x = call.add('Trilu', [x, call.scalar('below', -below, 'int64')], { upper: int(1) });
  return x;
};

/** Products of matrices, and what is done to matrices. */
export const matrixOps: OpConverters = {
  BatchMatMul: batchMatMul,
  BatchMatMulV2: batchMatMul,
  Einsum: einsum,
  MatMul: matMul,
  MatrixBandPart: matrixBandPart,
  Transpose: transpose,
  _FusedMatMul: fusedMatMul,
};
