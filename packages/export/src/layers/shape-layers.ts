import { elementCount, knownDim, type Dim } from '../graph/shape.ts';
import { intTensor } from '../graph/tensor.ts';
import type { LayerConverter, LayerConverters } from './layer-call.ts';
import { isChannelsFirst } from './window.ts';

const knownDims = (shape: readonly Dim[]): number[] => shape.map((_, axis) => knownDim(shape, axis));

const flatten: LayerConverter = (call) => {
  const { input } = call;
  const axes = input.shape.map((_, axis) => axis);
  // Keras flattens in the order of channels-last data.
  const lastAxes = [0, ...axes.slice(2), 1];
  const ordered =
    call.config['dataFormat'] === 'channelsFirst'
      ? call.builder.transpose(call.name, input, lastAxes)
      : input;
  const [batch = 1, ...rest] = ordered.shape;
  return call.builder.reshape(call.name, ordered, [batch, elementCount(knownDims(rest))]);
};

const reshape: LayerConverter = (call) => {
  const [batch = 1, ...rest] = call.input.shape;
  const target = call.config['targetShape'] as readonly (number | null)[];
  const given = target.filter((dim): dim is number => dim !== null && dim >= 0);
  const missing = elementCount(knownDims(rest)) / elementCount(given);
  const shape = target.map((dim) => (dim === null || dim < 0 ? missing : dim));
  return call.builder.reshape(call.name, call.input, [batch, ...shape]);
};

const permute: LayerConverter = (call) =>
  call.builder.transpose(call.name, call.input, [0, ...(call.config['dims'] as readonly number[])]);

const zeroPadding2d: LayerConverter = (call) => {
  const [[top, bottom], [left, right]] = call.config['padding'] as [[number, number], [number, number]];
  const pads = isChannelsFirst(call)
    ? [0, 0, top, left, 0, 0, bottom, right]
    : [0, top, left, 0, 0, bottom, right, 0];
  return call.add('Pad', [call.input, call.constant('pads', intTensor(pads))]);
};

/** Layers that move elements about. */
export const shapeLayers: LayerConverters = {
  Flatten: flatten,
  Permute: permute,
  Reshape: reshape,
  ZeroPadding2D: zeroPadding2d,
};
