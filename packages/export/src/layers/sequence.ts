import { int, ints, type Attributes, type Value } from '../graph/graph.ts';
import { windowAttributes } from '../graph/window-attributes.ts';
import { convolutionKernel } from '../ops/kernels.ts';
import { activate } from './activation.ts';
import type { LayerConverter, LayerConverters } from './layer-call.ts';
import { channelsFirst, isChannelsFirst, readWindow } from './window.ts';

const convolution: LayerConverter = (call) => {
  const kernel = call.constant('kernel', call.weight('kernel'));
  const window = readWindow(call, 'kernelSize', kernel.shape.length - 2);
  if (window.kernel.length === 1 && isChannelsFirst(call))
    throw call.unsupported('with channels first, which tfjs does not turn back');
  const bias = call.optionalWeight('bias');
  const inputs = [
    convolutionKernel(call, kernel),
    ...(bias === undefined ? [] : [call.constant('bias', bias)]),
  ];
  const output = channelsFirst(call, call.input, (x) =>
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
    const window = readWindow(call, 'poolSize', call.input.shape.length - 2);
    return channelsFirst(call, call.input, (x) =>
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
export const sequenceLayers: LayerConverters = {
  AveragePooling1D: pooling('AveragePool', WITHOUT_PADDING),
  AveragePooling3D: pooling('AveragePool', WITHOUT_PADDING),
  Conv1D: convolution,
  Conv3D: convolution,
  GlobalAveragePooling1D: overSteps('ReduceMean'),
  GlobalMaxPooling1D: overSteps('ReduceMax'),
  MaxPooling1D: pooling('MaxPool', {}),
  MaxPooling3D: pooling('MaxPool', {}),
};
