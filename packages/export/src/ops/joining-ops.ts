import { int, type Value } from '../graph/graph.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { promote } from './promote.ts';

const joined = (call: OpCall, parts: readonly Value[], axis: number): Value => {
  const rank = parts[0]?.shape.length ?? 0;
  return parts.length === 1
    ? (parts[0] as Value)
    : call.add('Concat', promote(call, parts), { axis: int(call.axis(axis, rank)) });
};

const count = (call: OpCall, most: number): number => Math.min(call.attributes.number('N', most), most);

const concatV2: OpConverter = (call) =>
  joined(call, call.tensors(0, count(call, call.inputs.length - 1)), call.knownNumber(-1, 'axis'));

const concat: OpConverter = (call) =>
  joined(call, call.tensors(1, 1 + count(call, call.inputs.length - 1)), call.knownNumber(0, 'axis'));

const pack: OpConverter = (call) => {
  const parts = call.tensors();
  const axis = call.axis(call.attributes.number('axis', 0), (parts[0]?.shape.length ?? 0) + 1);
  const spread = parts.map((part) => call.add('Unsqueeze', [part, call.integers('axes', [axis])]));
  return joined(call, spread, axis);
};

/** Sizes that a model computes are picked one by one, so that what is known of each stays known. */
const pickEach = (call: OpCall, x: Value, axis: number, number: number): readonly Value[] =>
  Array.from({ length: number }, (_, index) =>
    call.add('Gather', [x, call.scalar(`place-${index}`, index, 'int64')], { axis: int(axis) }),
  );

const unpack: OpConverter = (call) => {
  const x = call.tensor(0);
  const axis = call.axis(call.attributes.number('axis', 0), x.shape.length);
  const number = x.shape[axis];
  if (typeof number !== 'number') throw call.unsupported('along an axis of unknown size');
  if (x.contents !== undefined) return pickEach(call, x, axis, number);
  const axes = call.integers('axes', [axis]);
  if (number === 1) return [call.add('Squeeze', [x, axes])];
  const sizes = call.integers(
    'sizes',
    Array.from({ length: number }, () => 1),
  );
  return call
    .addMany('Split', [x, sizes], { axis: int(axis) })
    .map((part) => call.add('Squeeze', [part, axes]));
};

const splitInto = (call: OpCall, x: Value, axis: number, sizes: readonly number[]): readonly Value[] =>
  sizes.length === 1 ? [x] : call.addMany('Split', [x, call.integers('sizes', sizes)], { axis: int(axis) });

const split: OpConverter = (call) => {
  const x = call.tensor(1);
  const axis = call.axis(call.knownNumber(0, 'axis'), x.shape.length);
  const parts = call.attributes.number('num_split', 1);
  const whole = x.shape[axis];
  if (typeof whole !== 'number') throw call.unsupported('along an axis of unknown size');
  return splitInto(
    call,
    x,
    axis,
    Array.from({ length: parts }, () => whole / parts),
  );
};

/** One size may be -1: what is left. */
const splitV: OpConverter = (call) => {
  const x = call.tensor(0);
  const axis = call.axis(call.knownNumber(2, 'axis'), x.shape.length);
  const sizes = call.knownIntegers(1, 'sizes');
  const whole = x.shape[axis];
  const given = sizes.filter((size) => size >= 0).reduce((sum, size) => sum + size, 0);
  if (given < 0 || (sizes.includes(-1) && typeof whole !== 'number')) {
    throw call.unsupported('along an axis of unknown size');
  }
  return splitInto(
    call,
    x,
    axis,
    sizes.map((size) => (size < 0 ? (whole as number) - given : size)),
  );
};

const tile: OpConverter = (call) => call.add('Tile', [call.tensor(0), call.sizes(1)]);

/** Turns axes round: slices that go backwards. */
const reversed = (call: OpCall, axes: readonly number[]): Value => {
  const x = call.tensor(0);
  if (axes.length === 0) return x;
  return call.add('Slice', [
    x,
    call.integers(
      'starts',
      axes.map(() => -1),
    ),
    call.integers(
      'ends',
      axes.map(() => -(2 ** 31) + 1),
    ),
    call.integers('axes', axes),
    call.integers(
      'steps',
      axes.map(() => -1),
    ),
  ]);
};

const reverseFlags: OpConverter = (call) => {
  const flags = call.tensor(1).constant?.tensor;
  if (flags?.dtype !== 'bool') throw call.unsupported('whose axes are known only when the graph runs');
  return reversed(
    call,
    Array.from(flags.data).flatMap((flag, axis) => (flag === 1 ? [axis] : [])),
  );
};

const reverseAxes: OpConverter = (call) => {
  const rank = call.tensor(0).shape.length;
  return reversed(
    call,
    call.knownIntegers(1, 'axes').map((axis) => call.axis(axis, rank)),
  );
};

/** Operators that join, part, repeat and turn tensors. */
export const joiningOps: OpConverters = {
  Concat: concat,
  ConcatV2: concatV2,
  Pack: pack,
  Reverse: reverseFlags,
  ReverseV2: reverseAxes,
  Split: split,
  SplitV: splitV,
  Tile: tile,
  Unpack: unpack,
};
