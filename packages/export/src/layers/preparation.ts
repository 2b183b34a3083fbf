import { int, type Value } from '../graph/graph.ts';
import { knownDim } from '../graph/shape.ts';
import { numericTensor } from '../graph/tensor.ts';
import type { LayerCall, LayerConverter, LayerConverters } from './layer-call.ts';

/** Where along an axis tfjs takes the pixels of a crop. It spreads them from edge to edge, and rounds. */
const croppedPlaces = (size: number, target: number, start: number): readonly number[] => {
  const [from, to] = [Math.fround(start / size), Math.fround((target + start) / size)];
  const step = target > 1 ? ((to - from) * (size - 1)) / (target - 1) : 0;
  const first = target > 1 ? from * (size - 1) : 0.5 * (from + to) * (size - 1);
  return Array.from({ length: target }, (_, index) => first + index * step);
};

const cropAlong = (call: LayerCall, image: Value, axis: number, target: number, start: number): Value => {
  const places = croppedPlaces(knownDim(image.shape, axis), target, start);
  const last = knownDim(image.shape, axis) - 1;
  if (places.some((place) => place < 0 || place > last))
    throw call.unsupported('beyond the edges of its images');
  const rounded = places.map(Math.round);
  if (rounded.length === last + 1 && rounded.every((place, index) => place === index)) return image;
  return call.add('Gather', [image, call.integers('places', rounded)], { axis: int(axis) });
};

/** How much of an axis is left out before a crop; tfjs leaves out one column where it should leave out none. */
const bufferOf = (size: number, target: number, isWidth: boolean): number => {
  const buffer = size === target ? 0 : Math.floor((size - target) / 2);
  return isWidth && size !== target && buffer === 0 ? 1 : buffer;
};

/** Cuts the middle out of images, as tfjs does it: nearly. */
const centerCrop: LayerConverter = (call) => {
  const { input } = call;
  const [targetHeight, targetWidth] = [call.config['height'] as number, call.config['width'] as number];
  const [height, width] = [knownDim(input.shape, 1), knownDim(input.shape, 2)];
  assertNotFirst(call);
  const [top, left] = [bufferOf(height, targetHeight, false), bufferOf(width, targetWidth, true)];
  if (top < 0 || left < 0)
    throw call.unsupported('of images that are too small for it, which tfjs cannot run');
  return cropAlong(call, cropAlong(call, input, 1, targetHeight, top), 2, targetWidth, left);
};

/**
 * Refuses layers that work out their shape in the very list that holds their input's: where that is a model's input, tfjs
 * takes it for the shape of what it is fed, and runs no such model.
 */
const assertNotFirst = (call: LayerCall): void => {
  if (call.isShapedLikeModelInput)
    throw call.unsupported('right behind an input, which tfjs itself cannot run');
};

/** Counts numbers, or says which there are: one row for each of the batch. */
const categoryEncoding: LayerConverter = (call) => {
  const { input } = call;
  assertNotFirst(call);
  const count = call.config['numTokens'] as number;
  const mode = call.config['outputMode'];
  if (input.shape.length !== 2 || (mode === 'oneHot' && input.shape[1] !== 1))
    throw call.unsupported(`"${String(mode)}" of a shape that tfjs itself does not take`);
  const classes = call.constant(
    'classes',
    numericTensor(
      'int32',
      [count],
      Array.from({ length: count }, (_, index) => index),
    ),
  );
  const numbers = call.add('Unsqueeze', [call.cast(input, 'int32'), call.integers('spread', [2])]);
  const hits = call.cast(call.add('Equal', [numbers, classes]), 'float32');
  const reduction = mode === 'count' ? 'ReduceSum' : 'ReduceMax';
  return call.add(reduction, [hits, call.integers('numbers', [1])], { keepdims: int(0) });
};

/** Layers that prepare data. */
export const preparationLayers: LayerConverters = {
  CategoryEncoding: categoryEncoding,
  CenterCrop: centerCrop,
};
