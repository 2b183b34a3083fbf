import { inChannelsFirst } from '../graph/channels-first.ts';
import type { Value } from '../graph/graph.ts';
import type { Window } from '../graph/window-attributes.ts';
import type { LayerCall } from './layer-call.ts';

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
  return inChannelsFirst(call, input, operate);
};
