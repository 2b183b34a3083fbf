import { int, ints, type Attributes, type Value } from '../graph/graph.ts';
import { inChannelsFirst } from '../graph/channels-first.ts';
import { windowAttributes, type Window } from '../graph/window-attributes.ts';
import { convolutionKernel } from '../ops/kernels.ts';
import { activate } from './activation.ts';
import type { LayerCall, LayerConverter } from './layer-call.ts';
import { assertChannelsLast } from './window.ts';

const list = (setting: unknown, count: number): readonly number[] =>
  Array.isArray(setting) ? (setting as number[]) : Array.from({ length: count }, () => setting as number);

/** Reads how a layer slides over an input of any number of axes. */
const windowOf = (call: LayerCall, kernelSetting: 'kernelSize' | 'poolSize', count: number): Window => {
  const { strides, dilationRate, padding } = call.config;
  if (padding !== 'valid' && padding !== 'same') throw call.unsupported(`with padding "${String(padding)}"`);
  const kernel = list(call.config[kernelSetting], count);
  return {
    kernel,
    strides: list(strides ?? kernel, count),
    dilations: list(dilationRate ?? 1, count),
    padding,
  };
};

const convolution: LayerConverter = (call) => {
  assertChannelsLast(call);
  const kernel = call.constant('kernel', call.weight('kernel'));
  const window = windowOf(call, 'kernelSize', kernel.shape.length - 2);
  const bias = call.optionalWeight('bias');
  const inputs = [
    convolutionKernel(call, kernel),
    ...(bias === undefined ? [] : [call.constant('bias', bias)]),
  ];
  const output = inChannelsFirst(call, call.input, (x) =>
    call.add('Conv', [x, ...inputs], {
      dilations: ints(window.dilations),
      group: int(1),
      ...windowAttributes(window, x),
    }),
  );
  return activate(call, output);
};

const pooling =
  (op: string, attributes: Attributes): LayerConverter =>
  (call) => {
    assertChannelsLast(call);
    const window = windowOf(call, 'poolSize', call.input.shape.length - 2);
    return inChannelsFirst(call, call.input, (x) =>
      call.add(op, [x], { ...attributes, ...windowAttributes(window, x) }),
    );
  };

/** Pools the steps of a sequence away, `[N, steps, C]` to `[N, C]`. */
const overSteps =
  (op: string): LayerConverter =>
  (call): Value =>
    call.add(op, [call.input, call.integers('steps', [1])], { keepdims: int(0) });

const WITHOUT_PADDING: Attributes = { count_include_pad: int(0) };

/** Convolutions and poolings of sequences and volumes. */
export const sequenceLayers: Readonly<Record<string, LayerConverter>> = {
  AveragePooling1D: pooling('AveragePool', WITHOUT_PADDING),
  AveragePooling3D: pooling('AveragePool', WITHOUT_PADDING),
  Conv1D: convolution,
  Conv3D: convolution,
  GlobalAveragePooling1D: overSteps('ReduceMean'),
  GlobalMaxPooling1D: overSteps('ReduceMax'),
  MaxPooling1D: pooling('MaxPool', {}),
  MaxPooling3D: pooling('MaxPool', {}),
};
