import { ABSENT, ints, string } from '../graph/graph.ts';
import { floatTensor } from '../graph/tensor.ts';
import type { Window } from '../graph/window-attributes.ts';
import { convolutionKernel } from '../ops/kernels.ts';
import { activate } from './activation.ts';
import type { LayerConverter, LayerConverters } from './layer-call.ts';
import { channelsFirst, imageAxes, readWindow } from './window.ts';

/** As far as an axis goes: ONNX cuts ends off there. */
const END = 2 ** 31 - 1;

/** How one axis grows: what is cut off at its ends where padded, and what is added at the last one. */
const growthOf = ({ kernel, strides, padding }: Window, axis: number) => {
  const beyond = (kernel[axis] ?? 1) - (strides[axis] ?? 1);
  const cut = padding === 'same' ? Math.max(beyond, 0) : 0;
  return { before: Math.floor(cut / 2), after: Math.ceil(cut / 2), extra: Math.max(-beyond, 0) };
};

const transposedConvolution: LayerConverter = (call) => {
  const kernel = call.weight('kernel');
  const window = readWindow(call, 'kernelSize', kernel.shape.length - 2);
  if (window.dilations.some((dilation) => dilation !== 1)) throw call.unsupported('with dilation');
  const growths = window.kernel.map((_, axis) => growthOf(window, axis));
  // The padding of the convolution that this one undoes; tfjs takes it for negative along three axes.
  if (growths.length === 3 && window.padding === 'same' && growths.some(({ extra }) => extra > 0))
    throw call.unsupported('that is padded, with strides larger than its kernel, which tfjs moves');
  const bias = call.optionalWeight('bias');
  const operands = [
    // Keras's kernel is `[…window, outputs, inputs]` here, ONNX's `[inputs, outputs, …window]`.
    convolutionKernel(call, call.constant('kernel', kernel)),
    ...(bias === undefined ? [] : [call.constant('bias', bias)]),
  ];
  const attributes = {
    kernel_shape: ints(window.kernel),
    output_padding: ints(growths.map(({ extra }) => extra)),
    pads: ints([...growths.map(({ before }) => before), ...growths.map(({ after }) => after)]),
    strides: ints(window.strides),
  };
  const grown = channelsFirst(call, call.input, (x) =>
    call.add('ConvTranspose', [x, ...operands], attributes),
  );
  return activate(call, grown);
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
