import { ABSENT, ints, string, type Value } from '../graph/graph.ts';
import { knownDim } from '../graph/shape.ts';
import { floatTensor } from '../graph/tensor.ts';
import { samePadding } from '../graph/window-attributes.ts';
import { convolutionKernel } from '../ops/kernels.ts';
import { activate } from './activation.ts';
import type { LayerCall, LayerConverter } from './layer-call.ts';
import { channelsFirst, readWindow } from './window.ts';

/** What a transposed convolution makes of one axis, as Keras says it. */
const grownSize = (size: number, kernel: number, stride: number, padding: string): number =>
  padding === 'same' ? size * stride : size * stride + Math.max(kernel - stride, 0);

const transposedConvolution: LayerConverter = (call) => {
  const window = readWindow(call, 'kernelSize');
  if (window.dilations.some((dilation) => dilation !== 1)) throw call.unsupported('with dilation');
  // Keras's kernel is `[height, width, outputs, inputs]` here, ONNX's `[inputs, outputs, height, width]`.
  const kernel = convolutionKernel(call, call.constant('kernel', call.weight('kernel')));
  const bias = call.optionalWeight('bias');
  const write = (x: Value): Value => {
    const growths = [0, 1].map((axis) => {
      const [size, stride] = [window.kernel[axis] as number, window.strides[axis] as number];
      const target = grownSize(knownDim(x.shape, axis + 2), size, stride, String(window.padding));
      const [before, after] =
        window.padding === 'same' ? (samePadding(target, size, stride, 1) ?? [0, 0]) : [0, 0];
      const extra = target - ((knownDim(x.shape, axis + 2) - 1) * stride + size - before - after);
      return { before, after, extra };
    });
    return call.add(
      'ConvTranspose',
      [x, kernel, ...(bias === undefined ? [] : [call.constant('bias', bias)])],
      {
        kernel_shape: ints(window.kernel),
        output_padding: ints(growths.map(({ extra }) => extra)),
        pads: ints([...growths.map(({ before }) => before), ...growths.map(({ after }) => after)]),
        strides: ints(window.strides),
      },
    );
  };
  return activate(call, channelsFirst(call, call.input, write));
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
  return sliced(call, [1, 2], [top, left], [-bottom || 2 ** 31 - 1, -right || 2 ** 31 - 1]);
};

const sliced = (
  call: LayerCall,
  axes: readonly number[],
  starts: readonly number[],
  ends: readonly number[],
): Value =>
  call.add('Slice', [
    call.input,
    call.integers('starts', starts),
    call.integers('ends', ends),
    call.integers('axes', axes),
  ]);

/** Layers that make images larger, and one that cuts them. */
export const upscalingLayers: Readonly<Record<string, LayerConverter>> = {
  Conv2DTranspose: transposedConvolution,
  Cropping2D: (call) => {
    if (call.config['dataFormat'] === 'channelsFirst')
      throw call.unsupported('with data format "channelsFirst"');
    return cropping(call);
  },
  UpSampling2D: upSampling,
};
