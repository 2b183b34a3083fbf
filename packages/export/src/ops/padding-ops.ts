import { inChannelsFirst } from '../graph/channels-first.ts';
import { int, string, type Value } from '../graph/graph.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { isChannelsFirst } from './window-of.ts';

/** TensorFlow lists start and end of each axis, ONNX all starts and then all ends. */
const amounts = (call: OpCall, index: number): Value => {
  const paddings = call.tensor(index);
  const { tensor } = paddings.constant ?? {};
  if (tensor !== undefined) {
    const pairs = call.knownIntegers(index, 'paddings');
    return call.integers('pads', [
      ...pairs.filter((_, at) => at % 2 === 0),
      ...pairs.filter((_, at) => at % 2 === 1),
    ]);
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

const depthToSpace: OpConverter = (call) => {
  const attributes = { blocksize: int(call.attributes.number('block_size', 1)), mode: string('DCR') };
  const x = call.tensor(0);
  if (isChannelsFirst(call)) return call.add('DepthToSpace', [x], attributes);
  return inChannelsFirst(call, x, (image) => call.add('DepthToSpace', [image], attributes));
};

/** Operators that pad, and those that move pixels to channels. */
export const paddingOps: OpConverters = {
  DepthToSpace: depthToSpace,
  MirrorPad: mirrorPad,
  Pad: pad,
  PadV2: pad,
};
