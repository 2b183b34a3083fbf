import type { Value } from '../graph/graph.ts';
import { knownDim } from '../graph/shape.ts';
import type { Window } from '../graph/window-attributes.ts';
import type { OpCall } from '../graph-model/op-call.ts';

/** True where the operation keeps channels before height and width. */
export const isChannelsFirst = (call: OpCall): boolean =>
  call.attributes.text('data_format', 'NHWC').toUpperCase().startsWith('NC');

/** The entries for the axes of the image, out of one for every axis. */
const spatial = (call: OpCall, perAxis: readonly number[], count: number): readonly number[] => {
  if (perAxis.length === 0) return Array.from({ length: count }, () => 1);
  if (perAxis.length === count) return perAxis;
  return isChannelsFirst(call) ? perAxis.slice(2, 2 + count) : perAxis.slice(1, 1 + count);
};

const paddingOf = (call: OpCall, count: number): Window['padding'] => {
  const padding = call.attributes.text('padding', 'VALID').toLowerCase();
  if (padding === 'same' || padding === 'valid') return padding;
  if (padding !== 'explicit') throw call.unsupported(`with padding "${padding}"`);
  const amounts = call.attributes.numbers('explicit_paddings');
  const start = isChannelsFirst(call) ? 2 : 1;
  const axes = Array.from({ length: count }, (_, axis) => 2 * (start + axis));
  return [...axes.map((at) => amounts[at] ?? 0), ...axes.map((at) => amounts[at + 1] ?? 0)];
};

/** Reads how a kernel `[…window, inputs, outputs]` slides. */
export const kernelWindow = (call: OpCall, kernel: Value): Window => {
  const sizes = kernel.shape.slice(0, -2).map((_, axis) => knownDim(kernel.shape, axis));
  return {
    kernel: sizes,
    strides: spatial(call, call.attributes.numbers('strides'), sizes.length),
    dilations: spatial(call, call.attributes.numbers('dilations'), sizes.length),
    padding: paddingOf(call, sizes.length),
  };
};

/** Reads how a pooling slides. */
export const poolingWindow = (call: OpCall, rank: number): Window => {
  const count = rank - 2;
  return {
    kernel: spatial(call, call.attributes.numbers('ksize'), count),
    strides: spatial(call, call.attributes.numbers('strides'), count),
    dilations: Array.from({ length: count }, () => 1),
    padding: paddingOf(call, count),
  };
};
