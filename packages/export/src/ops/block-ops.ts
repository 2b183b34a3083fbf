import { int, type Value } from '../graph/graph.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';

/** One size of a tensor as a list of one int64, computed as the graph runs where it is not known. */
const sizeOf = (call: OpCall, x: Value, axis: number): Value => {
  const dim = x.shape[axis];
  if (typeof dim === 'number') return call.integers('size', [dim]);
  return call.add('Shape', [x], { start: int(axis), end: int(axis + 1) });
};

const sizesOf = (call: OpCall, x: Value, axes: readonly number[]): readonly Value[] =>
  axes.map((axis) => sizeOf(call, x, axis));

const joined = (call: OpCall, sizes: readonly Value[]): Value => call.add('Concat', sizes, { axis: int(0) });

const list = (call: OpCall, numbers: readonly number[]): readonly Value[] =>
  numbers.map((number) => call.integers('size', [number]));

const times = (call: OpCall, size: Value, factor: number): Value =>
  call.add('Mul', [size, call.integers('factor', [factor])]);

const over = (call: OpCall, size: Value, divisor: number): Value =>
  call.add('Div', [size, call.integers('divisor', [divisor])]);

const range = (start: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => start + index);

/** One column of the paddings or crops, `[blocks, 2]`: all starts or all ends. */
const column = (call: OpCall, place: 0 | 1): Value =>
  call.add('Gather', [call.cast(call.tensor(2), 'int64'), call.scalar('column', place, 'int64')], {
    axis: int(1),
  });

interface Blocks {
  readonly block: readonly number[];
  /** How many images each image gives, or is given by. */
  readonly count: number;
  readonly spatial: readonly number[];
  readonly channels: readonly number[];
}

const blocksOf = (call: OpCall): Blocks => {
  const block = call.knownIntegers(1, 'block shape');
  return {
    block,
    count: block.reduce((product, size) => product * size, 1),
    spatial: range(1, block.length),
    channels: range(1 + block.length, call.tensor(0).shape.length - 1 - block.length),
  };
};

/** Blocks of pixels become images of the batch: each place in the block gives one. */
const spaceToBatch: OpConverter = (call) => {
  const { block, count, spatial, channels } = blocksOf(call);
  const zeros = channels.map(() => 0);
  const [zero, behind] = [call.integers('batch', [0]), call.integers('channels', zeros)];
  const pads = joined(call, [zero, column(call, 0), behind, zero, column(call, 1), behind]);
  const isPadded =
    pads.constant === undefined ||
    Array.from(pads.constant.tensor.data, Number).some((amount) => amount !== 0);
  const padded = isPadded ? call.add('Pad', [call.tensor(0), pads]) : call.tensor(0);
  const [batch, rest] = [sizeOf(call, padded, 0), sizesOf(call, padded, channels)];
  const blocked = sizesOf(call, padded, spatial).map((size, axis) => over(call, size, block[axis] as number));
  const inner = blocked.flatMap((size, axis) => [size, ...list(call, [block[axis] as number])]);
  const parted = call.builder.reshapeTo(call.name, padded, joined(call, [batch, ...inner, ...rest]));
  const order = [
    ...spatial.map((axis) => 2 * axis),
    0,
    ...spatial.map((axis) => 2 * axis - 1),
    ...channels.map((axis) => axis + block.length),
  ];
  const moved = call.transpose(parted, order);
  return call.builder.reshapeTo(
    call.name,
    moved,
    joined(call, [times(call, batch, count), ...blocked, ...rest]),
  );
};

/** The way back: images of the batch become places in blocks of pixels. */
const batchToSpace: OpConverter = (call) => {
  const { block, count, spatial, channels } = blocksOf(call);
  const x = call.tensor(0);
  const images = over(call, sizeOf(call, x, 0), count);
  const [sizes, rest] = [sizesOf(call, x, spatial), sizesOf(call, x, channels)];
  const parted = call.builder.reshapeTo(
    call.name,
    x,
    joined(call, [...list(call, block), images, ...sizes, ...rest]),
  );
  const length = block.length;
  const order = [
    length,
    ...spatial.flatMap((axis) => [length + axis, axis - 1]),
    ...channels.map((axis) => length + axis),
  ];
  const grown = sizes.map((size, axis) => times(call, size, block[axis] as number));
  const whole = call.builder.reshapeTo(
    call.name,
    call.transpose(parted, order),
    joined(call, [images, ...grown, ...rest]),
  );
  const crops = call.tensor(2).constant?.tensor.data;
  if (crops !== undefined && Array.from(crops, Number).every((crop) => crop === 0)) return whole;
  const ends = call.add('Sub', [joined(call, grown), column(call, 1)]);
  return call.add('Slice', [whole, column(call, 0), ends, call.integers('axes', spatial)]);
};

/** Operators that move pixels between images and the batch, as dilated convolutions are spelled in old models. */
export const blockOps: OpConverters = { BatchToSpaceND: batchToSpace, SpaceToBatchND: spaceToBatch };
