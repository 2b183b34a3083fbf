import { int, ints, type Value } from '../graph/graph.ts';
import { windowAttributes, type Window } from '../graph/window-attributes.ts';
import { reshapeTensor, transposeTensor, type FloatTensor } from '../graph/tensor.ts';
import { activate } from './activation.ts';
import type { LayerCall, LayerConverter, LayerConverters } from './layer-call.ts';
import { channelsFirst, readWindow } from './window.ts';

interface Kernel {
  readonly role: string;
  /** `[outputs, inputs / groups, height, width]`. */
  readonly tensor: FloatTensor;
  readonly bias: FloatTensor | undefined;
  readonly groups: number;
}

const convolve = (call: LayerCall, input: Value, kernel: Kernel, window: Window): Value => {
  const bias = kernel.bias === undefined ? [] : [call.constant('bias', kernel.bias)];
  return call.add('Conv', [input, call.constant(kernel.role, kernel.tensor), ...bias], {
    dilations: ints(window.dilations),
    group: int(kernel.groups),
    ...windowAttributes(window, input),
  });
};

/** tfjs keeps dense kernels as `[height, width, inputs, outputs]`. */
const denseKernel = (kernel: FloatTensor): FloatTensor => transposeTensor(kernel, [3, 2, 0, 1]);

/** tfjs keeps depthwise kernels as `[height, width, inputs, multiplier]`; its outputs go input by input. */
const depthwiseKernel = (kernel: FloatTensor): FloatTensor => {
  const [height = 1, width = 1, inputs = 1, multiplier = 1] = kernel.shape;
  return reshapeTensor(transposeTensor(kernel, [2, 3, 0, 1]), [inputs * multiplier, 1, height, width]);
};

const conv2d: LayerConverter = (call) => {
  const window = readWindow(call, 'kernelSize', 2);
  const bias = call.optionalWeight('bias');
  const kernel = { role: 'kernel', tensor: denseKernel(call.weight('kernel')), bias, groups: 1 };
  return activate(
    call,
    channelsFirst(call, call.input, (x) => convolve(call, x, kernel, window)),
  );
};

const depthwise = (call: LayerCall, bias: FloatTensor | undefined): Kernel => {
  const weights = call.weight('depthwise_kernel');
  return { role: 'depthwise_kernel', tensor: depthwiseKernel(weights), bias, groups: weights.shape[2] ?? 1 };
};

const depthwiseConv2d: LayerConverter = (call) => {
  const window = readWindow(call, 'kernelSize', 2);
  // tfjs-layers 4.22 runs this layer as if it were not dilated, Keras runs it dilated: no graph would suit both.
  if (window.dilations.some((dilation) => dilation !== 1)) throw call.unsupported('with dilation');
  const kernel = depthwise(call, call.optionalWeight('bias'));
  return activate(
    call,
    channelsFirst(call, call.input, (x) => convolve(call, x, kernel, window)),
  );
};

const POINT: Window = { kernel: [1, 1], strides: [1, 1], dilations: [1, 1], padding: 'valid' };

const separableConv2d: LayerConverter = (call) => {
  const window = readWindow(call, 'kernelSize', 2);
  const pointwise: Kernel = {
    role: 'pointwise_kernel',
    tensor: denseKernel(call.weight('pointwise_kernel')),
    bias: call.optionalWeight('bias'),
    groups: 1,
  };
  const filtered = channelsFirst(call, call.input, (x) =>
    convolve(call, convolve(call, x, depthwise(call, undefined), window), pointwise, POINT),
  );
  return activate(call, filtered);
};

/** Applies a dense layer at every pixel: a convolution of one pixel. */
export const denseAtEveryPixel = (call: LayerCall, input: Value): Value => {
  const kernel = call.weight('kernel');
  const tensor = denseKernel(reshapeTensor(kernel, [1, 1, ...kernel.shape]));
  const bias = call.optionalWeight('bias');
  return channelsFirst(call, input, (x) =>
    convolve(call, x, { role: 'kernel', tensor, bias, groups: 1 }, POINT),
  );
};

/** Two-dimensional convolutions. */
export const convolutionLayers: LayerConverters = {
  Conv2D: conv2d,
  DepthwiseConv2D: depthwiseConv2d,
  SeparableConv2D: separableConv2d,
};
