import { ints, type Attributes, type Value } from '../graph/graph.ts';
import { NCHW_TO_NHWC, NHWC_TO_NCHW } from '../graph/permutation.ts';
import { knownDim } from '../graph/shape.ts';
import type { LayerCall } from './layer-call.ts';

/** How a convolution or a pooling slides over height and width, in that order. */
export interface Window {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: 'valid' | 'same';
}

/** Settings that tfjs takes as one number or one per axis. */
const pair = (setting: unknown): [number, number] =>
  Array.isArray(setting)
    ? [setting[0] as number, setting[1] as number]
    : [setting as number, setting as number];

/**
 * Reads a layer's window.
 *
 * @param kernelSetting the name of the setting that holds the window's size.
 * @throws {UnsupportedOpError} for paddings other than `valid` and `same`.
 */
export const readWindow = (call: LayerCall, kernelSetting: 'kernelSize' | 'poolSize'): Window => {
  const { strides, dilationRate, padding } = call.config;
  if (padding !== 'valid' && padding !== 'same') throw call.unsupported(`with padding "${String(padding)}"`);
  const kernel = pair(call.config[kernelSetting]);
  return { kernel, strides: pair(strides ?? kernel), dilations: pair(dilationRate ?? 1), padding };
};

/**
 * TensorFlow's `same` padding along one axis: as many outputs as strides fit into the input, and where the padding is
 * odd, the larger half at the end.
 *
 * Source: tensorflow.org/api_docs/python/tf/nn, "Notes on padding".
 */
const samePadding = (size: number, kernel: number, stride: number, dilation: number): [number, number] => {
  const reach = dilation * (kernel - 1) + 1;
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
};

/**
 * Writes a window as node attributes, with the padding spelled out.
 *
 * @param input channels first.
 */
export const windowAttributes = (window: Window, input: Value): Attributes => {
  const padding = [0, 1].map((axis) => {
    if (window.padding === 'valid') return [0, 0] as const;
    const [kernel, stride] = [window.kernel[axis] as number, window.strides[axis] as number];
    return samePadding(knownDim(input.shape, axis + 2), kernel, stride, window.dilations[axis] as number);
  });
  return {
    kernel_shape: ints(window.kernel),
    pads: ints([...padding.map(([before]) => before), ...padding.map(([, after]) => after)]),
    strides: ints(window.strides),
  };
};

/**
 * Refuses layers that are told to read their input channels first: in a tfjs model nothing else would be.
 *
 * @throws {UnsupportedOpError} for `dataFormat: 'channelsFirst'`.
 */
export const assertChannelsLast = (call: LayerCall): void => {
  if (call.config['dataFormat'] === 'channelsFirst')
    throw call.unsupported('with data format "channelsFirst"');
};

/**
 * Runs part of a layer channels first, as ONNX's image operators want it, and turns the result back. The passes cancel
 * the Transposes that this leaves.
 *
 * @param input channels last, rank 4.
 * @throws {UnsupportedOpError} for inputs of another rank, and as {@link assertChannelsLast}.
 */
export const channelsFirst = (call: LayerCall, input: Value, operate: (input: Value) => Value): Value => {
  if (input.shape.length !== 4) throw call.unsupported(`of an input of rank ${input.shape.length}`);
  assertChannelsLast(call);
  const output = operate(call.builder.transpose(call.name, input, NHWC_TO_NCHW));
  return call.builder.transpose(call.name, output, NCHW_TO_NHWC);
};
