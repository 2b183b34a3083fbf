import { inChannelsFirst } from '../graph/channels-first.ts';
import { int, ints, type Value } from '../graph/graph.ts';
import { knownDim, type Dim } from '../graph/shape.ts';
import { samePadding, windowAttributes, type Window } from '../graph/window-attributes.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { dilation } from './dilation.ts';
import { readFusion, type Fusion } from './fused.ts';
import { convolutionKernel, depthwiseKernel } from './kernels.ts';
import { toFloat } from './promote.ts';
import { isChannelsFirst, kernelWindow } from './window-of.ts';

interface Convolution {
  readonly kernel: Value;
  readonly window: Window;
  readonly groups: number;
}

/** A vector that is known goes into the convolution itself; anything else is added behind it. */
const isConvolutionBias = (bias: Value | undefined): bias is Value =>
  bias?.constant !== undefined && bias.shape.length === 1;

const write = (call: OpCall, { kernel, window, groups }: Convolution, { bias, activate }: Fusion): Value => {
  const inner = isConvolutionBias(bias) ? [bias] : [];
  const convolve = (x: Value): Value =>
    call.add('Conv', [x, kernel, ...inner], {
      dilations: ints(window.dilations),
      group: int(groups),
      ...windowAttributes(window, x),
    });
  const input = toFloat(call, call.tensor(0));
  const output = isChannelsFirst(call) ? convolve(input) : inChannelsFirst(call, input, convolve);
  const biased = bias === undefined || inner.length > 0 ? output : addBias(call, output, bias);
  return activate(biased);
};

/** A bias of channels that come first has to be lined up with them. */
const addBias = (call: OpCall, output: Value, bias: Value): Value => {
  if (!isChannelsFirst(call) || bias.shape.length !== 1) return call.add('Add', [output, bias]);
  const lined = call.reshape(bias, [bias.shape[0] ?? 1, ...output.shape.slice(2).map(() => 1)]);
  return call.add('Add', [output, lined]);
};

const NOTHING: Fusion = { bias: undefined, activate: (x) => x };

const dense = (call: OpCall, fusion: Fusion): Value => {
  const filter = call.tensor(1);
  const window = kernelWindow(call, filter);
  return write(call, { kernel: convolutionKernel(call, filter), window, groups: 1 }, fusion);
};

const depthwise = (call: OpCall, fusion: Fusion): Value => {
  const filter = call.tensor(1);
  const convolution = {
    kernel: depthwiseKernel(call, filter),
    window: kernelWindow(call, filter),
    groups: knownDim(filter.shape, 2),
  };
  return write(call, convolution, fusion);
};

/** Conv1D writes stride and dilation as plain numbers. */
const conv1d: OpConverter = (call) => {
  const filter = call.tensor(1);
  const window = {
    ...kernelWindow(call, filter),
    strides: [call.attributes.number('stride', 1)],
    dilations: [call.attributes.number('dilation', 1)],
  };
  return write(call, { kernel: convolutionKernel(call, filter), window, groups: 1 }, NOTHING);
};

/** Where the size that is asked for is not known, it is the one that the input comes from at full strides. */
const targetSize = (given: Dim | undefined, size: Dim, stride: number): Dim =>
  given ?? (typeof size === 'number' ? size * stride : size);

interface Growth {
  readonly pads: readonly [number, number];
  readonly extra: number;
}

/** How one axis grows: what is cut off at its ends, and what is added at the last one. */
const growthOf = (call: OpCall, window: Window, axis: number, size: Dim, target: Dim): Growth => {
  const [kernel, stride] = [window.kernel[axis] as number, window.strides[axis] as number];
  if (typeof size !== 'number' || typeof target !== 'number') {
    if (window.padding !== 'same') return { pads: [0, 0], extra: Math.max(0, stride - kernel) };
    const cut = Math.max(0, kernel - stride);
    return { pads: [Math.floor(cut / 2), Math.ceil(cut / 2)], extra: Math.max(0, stride - kernel) };
  }
  const pads = window.padding === 'same' ? samePadding(target, kernel, stride, 1) : ([0, 0] as const);
  const [before, after] = pads ?? [0, 0];
  const extra = target - ((size - 1) * stride + kernel - before - after);
  if (extra < 0) throw call.unsupported(`to ${target} pixels from ${size}`);
  return { pads: [before, after], extra };
};

/** The transposed convolution: what it is given is what the convolution would have made, and it makes the input. */
const transposedConvolution: OpConverter = (call) => {
  const filter = call.tensor(1);
  const window = kernelWindow(call, filter);
  if (typeof window.padding !== 'string') throw call.unsupported('with explicit padding');
  const input = toFloat(call, call.tensor(2));
  const wanted = call.contents(0);
  const growths = window.kernel.map((_, axis) => {
    const size = input.shape[axis + 1] ?? 1;
    return growthOf(
      call,
      window,
      axis,
      size,
      targetSize(wanted?.[axis + 1], size, window.strides[axis] ?? 1),
    );
  });
  // TensorFlow's kernel is `[…window, outputs, inputs]` here, and ONNX's `[inputs, outputs, …window]`.
  const kernel = convolutionKernel(call, filter);
  return inChannelsFirst(call, input, (x) =>
    call.add('ConvTranspose', [x, kernel], {
      kernel_shape: ints(window.kernel),
      output_padding: ints(growths.map(({ extra }) => extra)),
      pads: ints([...growths.map(({ pads }) => pads[0]), ...growths.map(({ pads }) => pads[1])]),
      strides: ints(window.strides),
    }),
  );
};

/** Convolutions of sequences, images and volumes. */
export const convolutionOps: OpConverters = {
  Conv1D: conv1d,
  Conv2D: (call) => dense(call, NOTHING),
  Conv2DBackpropInput: transposedConvolution,
  Conv3D: (call) => dense(call, NOTHING),
  DepthwiseConv2d: (call) => depthwise(call, NOTHING),
  DepthwiseConv2dNative: (call) => depthwise(call, NOTHING),
  Dilation2D: dilation,
  FusedDepthwiseConv2dNative: (call) => depthwise(call, readFusion(call)),
  _FusedConv2D: (call) => dense(call, readFusion(call)),
};
