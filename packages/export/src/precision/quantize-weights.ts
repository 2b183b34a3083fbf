import { elementCount } from '../graph/shape.ts';
import { type FloatTensor, type Tensor } from '../graph/tensor.ts';

/** A kernel as signed 8-bit numbers: real = scale of its output channel · whole. */
export interface QuantizedWeights {
  readonly tensor: Tensor & { readonly dtype: 'int8' };
  /** One for each output channel, exact in float32. */
  readonly scales: readonly number[];
  /** The axis of the output channels. */
  readonly axis: number;
}

/** A quantised weight's largest magnitude: symmetric, so −128 stays unused. */
const LARGEST = 127;

/**
 * The largest sum of two quantised weights of the same sign. x86 processors without VNNI multiply two activations by
 * two weights at once and cut the sum off at 16 bits: 255 · 128 stays below 32767, so they give what all others give.
 * One less, as both may be rounded up.
 */
const LARGEST_PAIR = 127;

/** The output channel of each element. */
const channelOf = ({ shape }: FloatTensor, axis: number): ((index: number) => number) => {
  const inner = elementCount(shape.slice(axis + 1));
  const channels = shape[axis] as number;
  return (index) => Math.floor(index / inner) % channels;
};

/** The two largest numbers seen. */
class LargestTwo {
  first = 0;
  second = 0;

  add(value: number): void {
    if (value <= this.second) return;
    this.second = Math.min(value, this.first);
    this.first = Math.max(value, this.first);
  }
}

/** For each output channel, the finest scale at which no sum of two products can overflow. */
const finestScales = (weights: FloatTensor, axis: number): number[] => {
  const channel = channelOf(weights, axis);
  const channels = Array.from({ length: weights.shape[axis] as number }, () => ({
    positive: new LargestTwo(),
    negative: new LargestTwo(),
  }));
  for (const [index, weight] of weights.data.entries()) {
    const { positive, negative } = channels[channel(index)] as (typeof channels)[number];
    if (weight > 0) positive.add(weight);
    else negative.add(-weight);
  }
  return channels.map(({ positive, negative }) =>
    Math.max(
      Math.max(positive.first, negative.first) / LARGEST,
      Math.max(positive.first + positive.second, negative.first + negative.second) / LARGEST_PAIR,
    ),
  );
};

/**
 * Quantises a kernel to signed 8-bit numbers, symmetric, with a scale for each output channel. Two weights of one
 * channel never sum to more than 128 in magnitude, so that no processor overflows.
 *
 * @param axis the axis of the output channels.
 * @param smallestScales what each channel's scale may not fall below, so that its bias still fits.
 */
export const quantizeWeights = (
  weights: FloatTensor,
  axis: number,
  smallestScales: readonly number[],
): QuantizedWeights => {
  const scales = finestScales(weights, axis).map((finest, channel) => {
    const scale = Math.fround(Math.max(finest, smallestScales[channel] ?? 0));
    return scale === 0 ? 1 : scale;
  });
  const channel = channelOf(weights, axis);
  const data = new Int8Array(weights.data.length);
  for (const [index, weight] of weights.data.entries()) {
    const whole = Math.round(weight / (scales[channel(index)] as number));
    data[index] = Math.min(LARGEST, Math.max(-LARGEST, whole));
  }
  return { tensor: { dtype: 'int8', shape: weights.shape, data }, scales, axis };
};

/** Sums each output channel's weights. */
export const sumPerChannel = (weights: FloatTensor, axis: number): number[] => {
  const channel = channelOf(weights, axis);
  const sums = Array.from({ length: weights.shape[axis] as number }, () => 0);
  for (const [index, weight] of weights.data.entries()) {
    sums[channel(index)] = (sums[channel(index)] as number) + weight;
  }
  return sums;
};
