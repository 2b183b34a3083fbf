import { inChannelsFirst } from '../graph/channels-first.ts';
import { int, type Attributes, type Value } from '../graph/graph.ts';
import { NCHW_TO_NHWC, NHWC_TO_NCHW } from '../graph/permutation.ts';
import { knownDim } from '../graph/shape.ts';
import { numericTensor } from '../graph/tensor.ts';
import { windowAttributes } from '../graph/window-attributes.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { toFloat } from './promote.ts';
import { poolingWindow } from './window-of.ts';

const pooling =
  (op: string, attributes: Attributes): OpConverter =>
  (call) => {
    const input = toFloat(call, call.tensor(0));
    const window = poolingWindow(call, input.shape.length);
    return inChannelsFirst(call, input, (x) =>
      call.add(op, [x], { ...attributes, ...windowAttributes(window, x) }),
    );
  };

/** Turns places in channels-first images into places in channels-last ones. */
const channelsLastPlaces = (call: OpCall, places: Value, x: Value): Value => {
  const [channels, height, width] = [1, 2, 3].map((axis) => knownDim(x.shape, axis)) as [
    number,
    number,
    number,
  ];
  const perImage = call.scalar('per-image', channels * height * width, 'int64');
  const inImage = call.add('Mod', [places, perImage]);
  const pixel = call.add('Mod', [inImage, call.scalar('per-channel', height * width, 'int64')]);
  const channel = call.constant(
    'channel',
    numericTensor(
      'int64',
      [1, channels, 1, 1],
      Array.from({ length: channels }, (_, index) => index),
    ),
  );
  const place = call.add('Add', [
    call.add('Mul', [pixel, call.scalar('channels', channels, 'int64')]),
    channel,
  ]);
  if (!call.attributes.boolean('include_batch_in_index')) return place;
  return call.add('Add', [place, call.add('Sub', [places, inImage])]);
};

const maxPoolWithArgmax: OpConverter = (call) => {
  const input = toFloat(call, call.tensor(0));
  const x = call.transpose(input, NHWC_TO_NCHW);
  const window = poolingWindow(call, input.shape.length);
  const [largest, places] = call.addMany('MaxPool', [x], windowAttributes(window, x), 2) as [Value, Value];
  return [
    call.transpose(largest, NCHW_TO_NHWC),
    call.transpose(call.cast(channelsLastPlaces(call, places, x), 'int32'), NCHW_TO_NHWC),
  ];
};

// tfjs leaves the padding out of the average, like ONNX without count_include_pad.
const WITHOUT_PADDING: Attributes = { count_include_pad: int(0) };

/** Poolings of images and volumes. */
export const poolingOps: OpConverters = {
  AvgPool: pooling('AveragePool', WITHOUT_PADDING),
  AvgPool3D: pooling('AveragePool', WITHOUT_PADDING),
  MaxPool: pooling('MaxPool', {}),
  MaxPool3D: pooling('MaxPool', {}),
  MaxPoolWithArgmax: maxPoolWithArgmax,
};
