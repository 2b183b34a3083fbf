import type { Value } from '../graph/graph.ts';
import { floatTensor, intTensor, type FloatTensor } from '../graph/tensor.ts';
import { samePadding } from '../graph/window-attributes.ts';
import type { OpCall, OpConverter } from '../graph-model/op-call.ts';

/** As far as an axis goes: ONNX cuts ends off there. */
const END = 2 ** 31 - 1;

/** What lies beyond an image's edges: the smallest float, which no pixel is below. */
const BEYOND = -3.4028234663852886e38;

interface Axis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

const reachOf = ({ kernel, dilation }: Axis): number => dilation * (kernel - 1) + 1;

const axesOf = (call: OpCall, kernel: FloatTensor): readonly [Axis, Axis] => {
  const [strides, rates] = [call.attributes.numbers('strides'), call.attributes.numbers('rates')];
  const axis = (at: number): Axis => ({
    kernel: kernel.shape[at] ?? 1,
    stride: strides[at + 1] ?? 1,
    dilation: rates[at + 1] ?? 1,
  });
  return [axis(0), axis(1)];
};

const padded = (call: OpCall, image: Value, axes: readonly [Axis, Axis]): Value => {
  if (call.attributes.text('padding', 'VALID').toUpperCase() === 'VALID') return image;
  const amounts = axes.map(({ kernel, stride, dilation }, at) => {
    const amount = samePadding(image.shape[at + 1] ?? 1, kernel, stride, dilation);
    if (amount === undefined) throw call.unsupported('whose "same" padding depends on an open size');
    return amount;
  });
  const [[top, bottom], [left, right]] = amounts as [readonly [number, number], readonly [number, number]];
  const pads = call.constant('pads', intTensor([0, top, left, 0, 0, bottom, right, 0]));
  return call.add('Pad', [image, pads, call.scalar('beyond', BEYOND)]);
};

/** The pixels that one place of the window meets as it slides. */
const meeting = (
  call: OpCall,
  image: Value,
  axes: readonly [Axis, Axis],
  places: readonly number[],
): Value => {
  const starts = axes.map(({ dilation }, at) => dilation * (places[at] as number));
  const ends = axes.map((axis, at) => (starts[at] as number) + 1 - reachOf(axis) || END);
  const strides = axes.map(({ stride }) => stride);
  return call.add('Slice', [
    image,
    call.integers('starts', starts),
    call.integers('ends', ends),
    call.integers('axes', [1, 2]),
    ...(strides.every((stride) => stride === 1) ? [] : [call.integers('steps', strides)]),
  ]);
};

/**
 * Grayscale dilation: the largest sum of a pixel and its place in the window. ONNX has no operator for it, so each place
 * of the window gives an image, and the largest of these is taken.
 */
export const dilation: OpConverter = (call) => {
  const kernel = call.tensor(1).constant?.tensor;
  if (kernel?.dtype !== 'float32') throw call.unsupported('whose window is known only when the graph runs');
  const axes = axesOf(call, kernel);
  const image = padded(call, call.cast(call.tensor(0), 'float32'), axes);
  const [rows = 1, columns = 1, channels = 1] = kernel.shape;
  const images = Array.from({ length: rows * columns }, (_, at) => {
    const heights = kernel.data.slice(at * channels, (at + 1) * channels);
    const pixels = meeting(call, image, axes, [Math.floor(at / columns), at % columns]);
    return call.add('Add', [pixels, call.constant(`window-${at}`, floatTensor([channels], heights))]);
  });
  return images.length === 1 ? (images[0] as Value) : call.add('Max', images);
};
