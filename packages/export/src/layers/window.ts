import { inChannelsFirst } from '../graph/channels-first.ts';
import type { Value } from '../graph/graph.ts';
import type { Window } from '../graph/window-attributes.ts';
import type { LayerCall } from './layer-call.ts';

/** Settings that tfjs takes as one number or one per axis. */
const perAxis = (setting: unknown, count: number): readonly number[] =>
  Array.isArray(setting)
    ? (setting as readonly number[])
    : Array.from({ length: count }, () => setting as number);

/**
 * Reads a layer's window.
 *
 * @param kernelSetting the name of the setting that holds the window's size.
 * @param count how many axes it slides along.
 * @throws {UnsupportedOpError} for paddings other than `valid` and `same`.
 */
export const readWindow = (
  call: LayerCall,
  kernelSetting: 'kernelSize' | 'poolSize',
  count: number,
): Window => {
  const { strides, dilationRate, padding } = call.config;
  if (padding !== 'valid' && padding !== 'same') throw call.unsupported(`with padding "${String(padding)}"`);
  const kernel = perAxis(call.config[kernelSetting], count);
  return {
    kernel,
    strides: perAxis(strides ?? kernel, count),
    dilations: perAxis(dilationRate ?? 1, count),
    padding,
  };
};

/** True for layers that are told that channels stand before height and width. */
export const isChannelsFirst = (call: LayerCall): boolean => call.config['dataFormat'] === 'channelsFirst';

/** Where height and width stand in a layer's images. */
export const imageAxes = (call: LayerCall): readonly [number, number] =>
  isChannelsFirst(call) ? [2, 3] : [1, 2];

/**
 * Runs part of a layer channels first, as ONNX's image operators want it, and turns the result back where the layer has
 * channels last. The passes cancel the Transposes that this leaves.
 *
 * @param input of rank 3 or more, in the layer's own order.
 */
export const channelsFirst = (call: LayerCall, input: Value, operate: (input: Value) => Value): Value =>
  isChannelsFirst(call) ? operate(input) : inChannelsFirst(call, input, operate);
