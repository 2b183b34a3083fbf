import { ABSENT, ints, string, type Value } from '../graph/graph.ts';
import { knownDim } from '../graph/shape.ts';
import { floatTensor } from '../graph/tensor.ts';
import { assertNotMoved, samePadding, type Window } from '../graph/window-attributes.ts';
import { convolutionKernel } from '../ops/kernels.ts';
import { activate } from './activation.ts';
import type { LayerConverter, LayerConverters } from './layer-call.ts';
import { channelsFirst, imageAxes, readWindow } from './window.ts';

/** As far as an axis goes: ONNX cuts ends off there. */
const END = 2 ** 31 - 1;

/** What a transposed convolution makes of one axis, as Keras says it. */
const grownSize = (size: number, kernel: number, stride: number, padding: string): number =>
  padding === 'same' ? size * stride : size * stride + Math.max(kernel - stride, 0);

const transposedConvolution: LayerConverter = (call) => {
  const kernel = call.weight('kernel');
  const window = readWindow(call, 'kernelSize', kernel.shape.length - 2);
  if (window.dilations.some((dilation) => dilation !== 1)) throw call.unsupported('with dilation');
  const bias = call.optionalWeight('bias');
  const operands = [
    // Keras's kernel is `[…window, outputs, inputs]` here, ONNX's `[inputs, outputs, …window]`.
    convolutionKernel(call, call.constant('kernel', kernel)),
    ...(bias === undefined ? [] : [call.constant('bias', bias)]),
  ];
  const write = (x: Value): Value => {
    const targets = window.kernel.map((size, axis) =>
      grownSize(knownDim(x.shape, axis + 2), size, window.strides[axis] as number, String(window.padding)),
    );
    assertNotMoved(window, targets);
    const growths = window.kernel.map((_, axis) =>
      growthOf(window, axis, knownDim(x.shape, axis + 2), targets[axis] as number),
    );
    return call.add('ConvTranspose', [x, ...operands], {
      kernel_shape: ints(window.kernel),
      output_padding: ints(growths.map(({ extra }) => extra)),
      pads: ints([...growths.map(({ before }) => before), ...growths.map(({ after }) => after)]),
      strides: ints(window.strides),
    });
  };
  return activate(call, channelsFirst(call, call.input, write));
};

/** How one axis grows: what is cut off at its ends, and what is added at the last one. */
const growthOf = (window: Window, axis: number, before: number, target: number) => {
  const [size, stride] = [window.kernel[axis] as number, window.strides[axis] as number];
  const [start, end] = window.padding === 'same' ? (samePadding(target, size, stride, 1) ?? [0, 0]) : [0, 0];
  return { before: start, after: end, extra: target - ((before - 1) * stride + size - start - end) };
};

/** Whole factors, so that the size needs no rounding. tfjs halves no pixels here, and takes the one before. */
const upSampling: LayerConverter = (call) => {
  const [height, width] = call.config['size'] as [number, number];
  const mode = call.config['interpolation'] === 'bilinear' ? 'linear' : 'nearest';
  return channelsFirst(call, call.input, (x) =>
    call.add('Resize', [x, ABSENT, call.constant('scales', floatTensor([4], [1, 1, height, width]))], {
      coordinate_transformation_mode: string('asymmetric'),
      mode: string(mode),
      ...(mode === 'nearest' ? { nearest_mode: string('floor') } : {}),
    }),
  );
};

const cropping: LayerConverter = (call) => {
  const [[top, bottom], [left, right]] = call.config['cropping'] as [[number, number], [number, number]];
  return call.add('Slice', [
    call.input,
    call.integers('starts', [top, left]),
    call.integers('ends', [-bottom || END, -right || END]),
    call.integers('axes', imageAxes(call)),
  ]);
};

/** Layers that make images larger, and one that cuts them. */
export const upscalingLayers: LayerConverters = {
  Conv2DTranspose: transposedConvolution,
  Conv3DTranspose: transposedConvolution,
  Cropping2D: cropping,
  UpSampling2D: upSampling,
};
