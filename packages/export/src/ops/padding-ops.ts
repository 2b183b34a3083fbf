import { inChannelsFirst } from '../graph/channels-first.ts';
import { divideDims, multiplyDims } from '../graph/dim.ts';
import { int, string, type Value } from '../graph/graph.ts';
import type { Dim } from '../graph/shape.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { isChannelsFirst } from './window-of.ts';

/** TensorFlow lists start and end of each axis, ONNX all starts and then all ends. */
const amounts = (call: OpCall, index: number): Value => {
  const paddings = call.tensor(index);
  const { tensor } = paddings.constant ?? {};
  if (tensor !== undefined) {
    const pairs = call.knownIntegers(index, 'paddings');
    return call.integers('pads', [...pairs.filter((_, at) => at % 2 === 0), ...pairs.filter((_, at) => at % 2 === 1)]);
  }
  const rank = call.tensor(0).shape.length;
  return call.reshape(call.transpose(call.cast(paddings, 'int64'), [1, 0]), [2 * rank]);
};

const pad: OpConverter = (call) => {
  const x = call.tensor(0);
  const value = call.op === 'PadV2' ? [call.cast(call.tensor(2), x.dtype)] : [];
  return call.add('Pad', [x, amounts(call, 1), ...value]);
};

/** Part of one axis, backwards. */
const mirrored = (call: OpCall, x: Value, axis: number, from: number, to: number): Value =>
  call.add('Slice', [
    x,
    call.integers('starts', [from]),
    call.integers('ends', [to]),
    call.integers('axes', [axis]),
    call.integers('steps', [-1]),
  ]);

/** ONNX mirrors without the edge pixel alone; with it, the mirrored parts are cut out and joined. */
const symmetric = (call: OpCall, pairs: readonly number[]): Value =>
  call.tensor(0).shape.reduce((x, _, axis) => {
    const [before = 0, after = 0] = pairs.slice(2 * axis);
    if (before === 0 && after === 0) return x;
    const first = before === 0 ? [] : [mirrored(call, x, axis, before - 1, -(2 ** 31) + 1)];
    const last = after === 0 ? [] : [mirrored(call, x, axis, -1, -after - 1)];
    return call.add('Concat', [...first, x, ...last], { axis: int(axis) });
  }, call.tensor(0));

const mirrorPad: OpConverter = (call) => {
  const mode = call.attributes.text('mode', 'REFLECT').toUpperCase();
  if (mode === 'SYMMETRIC') return symmetric(call, call.knownIntegers(1, 'paddings'));
  return call.add('Pad', [call.tensor(0), amounts(call, 1)], { mode: string('reflect') });
};

interface Blocks {
  readonly block: readonly number[];
  /** Start and end of each blocked axis. */
  readonly edges: readonly number[];
}

const blocksOf = (call: OpCall): Blocks => ({
  block: call.knownIntegers(1, 'block shape'),
  edges: call.knownIntegers(2, 'paddings'),
});

const divided = (call: OpCall, dim: Dim, by: number): Dim => {
  const quotient = divideDims(dim, by);
  if (quotient === undefined) throw call.unsupported(`where ${dim} is not made of blocks of ${by}`);
  return quotient;
};

/** Blocks of pixels become images of the batch: each place in the block gives one. */
const spaceToBatch: OpConverter = (call) => {
  const { block, edges } = blocksOf(call);
  const input = call.tensor(0);
  const trailing = input.shape.slice(1 + block.length).map(() => 0);
  const starts = [0, ...block.map((_, axis) => edges[2 * axis] ?? 0), ...trailing];
  const ends = [0, ...block.map((_, axis) => edges[2 * axis + 1] ?? 0), ...trailing];
  const padded = edges.every((edge) => edge === 0) ? input : call.add('Pad', [input, call.integers('pads', [...starts, ...ends])]);
  const [batch = 1, ...rest] = padded.shape;
  const [spatial, channels] = [rest.slice(0, block.length), rest.slice(block.length)];
  const blocked = block.flatMap((size, axis) => [divided(call, spatial[axis] ?? 1, size), size]);
  const parted = call.reshape(padded, [batch, ...blocked, ...channels]);
  const inBlock = block.map((_, axis) => 2 + 2 * axis);
  const order = [...inBlock, 0, ...block.map((_, axis) => 1 + 2 * axis), ...channels.map((_, axis) => 1 + 2 * block.length + axis)];
  const shape = [multiplyDims([batch, ...block]), ...block.map((size, axis) => divided(call, spatial[axis] ?? 1, size)), ...channels];
  return call.reshape(call.transpose(parted, order), shape);
};

/** The way back: images of the batch become places in blocks of pixels. */
const batchToSpace: OpConverter = (call) => {
  const { block, edges } = blocksOf(call);
  const [batch = 1, ...rest] = call.tensor(0).shape;
  const [spatial, channels] = [rest.slice(0, block.length), rest.slice(block.length)];
  const images = divided(call, batch, block.reduce((product, size) => product * size, 1));
  const parted = call.reshape(call.tensor(0), [...block, images, ...spatial, ...channels]);
  const count = block.length;
  const order = [
    count,
    ...block.flatMap((_, axis) => [count + 1 + axis, axis]),
    ...channels.map((_, axis) => 2 * count + 1 + axis),
  ];
  const grown = block.map((size, axis) => multiplyDims([spatial[axis] ?? 1, size]));
  const whole = call.reshape(call.transpose(parted, order), [images, ...grown, ...channels]);
  if (edges.every((edge) => edge === 0)) return whole;
  return call.add('Slice', [
    whole,
    call.integers('starts', block.map((_, axis) => edges[2 * axis] ?? 0)),
    call.integers('ends', block.map((_, axis) => -(edges[2 * axis + 1] ?? 0) || 2 ** 31 - 1)),
    call.integers('axes', block.map((_, axis) => axis + 1)),
  ]);
};

const depthToSpace: OpConverter = (call) => {
  const attributes = { blocksize: int(call.attributes.number('block_size', 1)), mode: string('DCR') };
  const x = call.tensor(0);
  if (isChannelsFirst(call)) return call.add('DepthToSpace', [x], attributes);
  return inChannelsFirst(call, x, (image) => call.add('DepthToSpace', [image], attributes));
};

/** Operators that pad, and those that move pixels to channels or to the batch. */
export const paddingOps: OpConverters = {
  BatchToSpaceND: batchToSpace,
  DepthToSpace: depthToSpace,
  MirrorPad: mirrorPad,
  Pad: pad,
  PadV2: pad,
  SpaceToBatchND: spaceToBatch,
};
