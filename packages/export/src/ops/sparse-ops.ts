import { int, string, type Value } from '../graph/graph.ts';
import { knownDim } from '../graph/shape.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { filledWith } from './filled.ts';

const one = (call: OpCall): Value => call.integers('one', [1]);

/** An element of a list of int64, as a list of one. */
const pick = (call: OpCall, list: Value, place: number): Value =>
  call.add('Gather', [call.cast(list, 'int64'), call.integers('place', [place])], { axis: int(0) });

const column = (call: OpCall, rows: Value, place: number): Value =>
  call.add('Gather', [rows, call.scalar('column', place, 'int64')], { axis: int(1) });

const joined = (call: OpCall, parts: readonly Value[], axis = 0): Value =>
  call.add('Concat', parts, { axis: int(axis) });

const product = (call: OpCall, sizes: readonly Value[]): Value =>
  sizes.reduce((total, size) => call.add('Mul', [total, size]), one(call));

/** For each axis, how many elements lie between two neighbours. */
const stridesOf = (call: OpCall, sizes: readonly Value[]): readonly Value[] =>
  sizes.map((_, axis) => product(call, sizes.slice(axis + 1)));

const listed = (call: OpCall, shape: Value): readonly Value[] =>
  Array.from({ length: knownDim(shape.shape, 0) }, (_, place) => pick(call, shape, place));

/** Fills in the size that is given as -1. */
const completed = (call: OpCall, sizes: readonly Value[], total: Value): readonly Value[] => {
  const isOpen = sizes.map((size) => call.add('Less', [size, call.integers('zero', [0])]));
  const given = sizes.map((size, axis) => call.add('Where', [isOpen[axis] as Value, one(call), size]));
  const missing = call.add('Div', [total, product(call, given)]);
  return sizes.map((size, axis) => call.add('Where', [isOpen[axis] as Value, missing, size]));
};

/** Each place is numbered in the old shape, and the number taken apart in the new one. */
const reshape: OpConverter = (call) => {
  const before = listed(call, call.tensor(1));
  const after = completed(call, listed(call, call.tensor(2)), product(call, before));
  const indices = call.cast(call.tensor(0), 'int64');
  const steps = joined(call, stridesOf(call, before));
  const numbers = call.add('ReduceSum', [call.add('Mul', [indices, steps]), call.integers('axes', [1])], {
    keepdims: int(1),
  });
  let rest = numbers;
  const columns = stridesOf(call, after).map((stride) => {
    const place = call.add('Div', [rest, stride]);
    rest = call.add('Mod', [rest, stride]);
    return place;
  });
  return [call.cast(joined(call, columns, 1), 'int32'), call.cast(joined(call, after), 'int32')];
};

/** Rows are picked and added up by segment; a segment without rows is zero. */
const segments =
  (isMean: boolean): OpConverter =>
  (call) => {
    const data = call.tensor(0);
    const ids = call.cast(call.tensor(2), 'int64');
    const rows = call.add('Gather', [data, call.tensor(1)], { axis: int(0) });
    const last = call.add('ReduceMax', [ids, call.integers('axes', [0])], { keepdims: int(1) });
    const count = call.add('Add', [last, one(call)]);
    const places = call.add('Unsqueeze', [ids, call.integers('to-place', [1])]);
    const added = (start: Value, values: Value): Value =>
      call.add('ScatterND', [start, places, values], { reduction: string('add') });
    const shape = joined(call, [count, call.add('Shape', [data], { start: int(1) })]);
    const sums = added(filledWith(call, shape, 0, data.dtype), rows);
    if (!isMean) return sums;
    const ones = filledWith(call, call.add('Shape', [ids]), 1, 'float32');
    const counts = added(filledWith(call, count, 0, 'float32'), ones);
    const divisors = call.add('Max', [counts, call.scalar('one-row', 1)]);
    const axes = Array.from({ length: data.shape.length - 1 }, (_, axis) => axis + 1);
    return call.add('Div', [
      sums,
      axes.length === 0 ? divisors : call.add('Unsqueeze', [divisors, call.integers('rest', axes)]),
    ]);
  };

const numbered = (call: OpCall, count: Value): Value =>
  call.add('Range', [
    call.scalar('start', 0, 'int64'),
    call.add('Squeeze', [count, call.integers('list', [0])]),
    call.scalar('step', 1, 'int64'),
  ]);

const lengthOf = (call: OpCall, list: Value): Value => call.add('Shape', [list], { end: int(1) });

/** Empty rows get the default at their first place; all is put into the order of the rows. */
const fillEmptyRows: OpConverter = (call) => {
  const [given, values, shape, fallback] = call.tensors(0, 4) as [Value, Value, Value, Value];
  const indices = call.cast(given, 'int64');
  const rank = knownDim(indices.shape, 1);
  const [rows, before] = [column(call, indices, 0), lengthOf(call, indices)];
  const hits = call.add('ScatterND', [
    filledWith(call, pick(call, shape, 0), 0, 'int32'),
    call.add('Unsqueeze', [rows, call.integers('to-place', [1])]),
    filledWith(call, before, 1, 'int32'),
  ]);
  const isEmpty = call.add('Equal', [hits, call.scalar('none', 0, 'int32')]);
  const added = call.transpose(call.add('NonZero', [isEmpty]), [1, 0]);
  const places = rank === 1 ? added : call.add('Pad', [added, call.integers('pads', [0, 0, 0, rank - 1])]);
  const all = joined(call, [indices, places]);
  const fill = call.add('Expand', [fallback, lengthOf(call, added)]);
  const order = orderOfRows(call, column(call, all, 0));
  const back = call.add('ScatterND', [
    filledWith(call, lengthOf(call, all), 0, 'int64'),
    call.add('Unsqueeze', [order, call.integers('to-place', [1])]),
    numbered(call, lengthOf(call, all)),
  ]);
  const first = call.add('Slice', [back, call.integers('zero', [0]), before, call.integers('axes', [0])]);
  const sorted = (list: Value): Value => call.add('Gather', [list, order], { axis: int(0) });
  return [
    call.cast(sorted(all), given.dtype),
    sorted(joined(call, [values, fill])),
    isEmpty,
    call.cast(first, 'int32'),
  ];
};

/** The order that sorts a list and leaves what is equal as it stands. */
const orderOfRows = (call: OpCall, rows: Value): Value => {
  const count = lengthOf(call, rows);
  const keys = call.add('Add', [call.add('Mul', [rows, count]), numbered(call, count)]);
  const [, order] = call.addMany('TopK', [keys, count], { axis: int(0), largest: int(0) }, 2);
  return order as Value;
};

/** Sparse tensors: their places, their values and their shape are tensors of their own. */
export const sparseOps: OpConverters = {
  SparseFillEmptyRows: fillEmptyRows,
  SparseReshape: reshape,
  SparseSegmentMean: segments(true),
  SparseSegmentSum: segments(false),
};
