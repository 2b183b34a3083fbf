import { ints, string, type Attributes, type Value } from './graph.ts';
import type { Dim } from './shape.ts';

/** How a convolution or a pooling slides over an image, one entry for each of its axes. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** TensorFlow's rules, or the amounts: all those at the start, then all those at the end. */
  readonly padding: 'valid' | 'same' | readonly number[];
}

/** Padding at the start and at the end of one axis. */
export type Amounts = readonly [number, number];

const split = (total: number): Amounts => [Math.floor(total / 2), Math.ceil(total / 2)];

/**
 * TensorFlow's `same` padding along one axis: as many outputs as strides fit into the input, and where the padding is
 * odd, the larger half at the end.
 *
 * Source: tensorflow.org/api_docs/python/tf/nn, "Notes on padding".
 *
 * @returns `undefined` where it depends on a size that is known only when the graph runs.
 */
export const samePadding = (
  size: Dim,
  kernel: number,
  stride: number,
  dilation: number,
): Amounts | undefined => {
  const reach = dilation * (kernel - 1) + 1;
  if (stride === 1 || reach <= 1) return split(reach - 1);
  if (typeof size !== 'number') return undefined;
  return split(Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size));
};

/**
 * Refuses windows along three axes that tfjs 4.22 moves by a negative padding: it takes the smallest padding for zero
 * along two axes only.
 *
 * @param sizes of the larger side, whose padding it is.
 * @throws {RangeError} for "same" padding where the strides leave out the last elements.
 */
const assertNotMoved = ({ kernel, strides, dilations, padding }: Window, sizes: readonly Dim[]): void => {
  const isMoved = kernel.some((count, axis) => {
    const [size, stride] = [sizes[axis] ?? 1, strides[axis] ?? 1];
    const reach = (dilations[axis] ?? 1) * (count - 1) + 1;
    return typeof size === 'number' && (Math.ceil(size / stride) - 1) * stride + reach < size;
  });
  if (kernel.length === 3 && padding === 'same' && isMoved)
    throw new RangeError('tfjs moves windows of three axes that are smaller than their strides');
};

const amountsOf = (window: Window, input: Value): readonly (Amounts | undefined)[] =>
  window.kernel.map((kernel, axis) => {
    const { padding } = window;
    if (padding === 'valid') return [0, 0];
    if (padding !== 'same') return [padding[axis] ?? 0, padding[axis + window.kernel.length] ?? 0];
    const size = input.shape[axis + 2] ?? 1;
    return samePadding(size, kernel, window.strides[axis] ?? 1, window.dilations[axis] ?? 1);
  });

/**
 * Writes a window as node attributes, with the padding spelled out. Only where it depends on sizes that are not known
 * yet it is left to the runtime, by the same rule.
 *
 * @param input channels first.
 * @throws {RangeError} for `same` padding of an open size where strides are larger than the window: onnxruntime would
 *   pad by less than nothing. As {@link assertNotMoved}.
 */
export const windowAttributes = (window: Window, input: Value): Attributes => {
  assertNotMoved(window, input.shape.slice(2));
  const amounts = amountsOf(window, input);
  const sizes = { kernel_shape: ints(window.kernel), strides: ints(window.strides) };
  const isWide = window.kernel.some(
    (kernel, axis) => amounts[axis] === undefined && kernel < (window.strides[axis] ?? 1),
  );
  if (isWide) throw new RangeError('Strides larger than the window need a known size for "same" padding.');
  if (!amounts.every((amount) => amount !== undefined)) return { auto_pad: string('SAME_UPPER'), ...sizes };
  const pads = ints([...amounts.map(([before]) => before), ...amounts.map(([, after]) => after)]);
  return { kernel_shape: sizes.kernel_shape, pads, strides: sizes.strides };
};
