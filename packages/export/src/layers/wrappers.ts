import type * as tf from '@tensorflow/tfjs';
import { multiplyDims } from '../graph/dim.ts';
import { int, type Value } from '../graph/graph.ts';
import type { LayerCall, LayerConverter } from './layer-call.ts';

/** The layers inside layers, by what the wrapper calls them. */
export const wrappedLayers = (layer: tf.layers.Layer): Readonly<Record<string, tf.layers.Layer>> => {
  const { forwardLayer, backwardLayer, layer: inner } = layer as unknown as Record<string, tf.layers.Layer>;
  if (forwardLayer !== undefined && backwardLayer !== undefined) return { forwardLayer, backwardLayer };
  return inner === undefined ? {} : { layer: inner };
};

/** What ran backwards comes out backwards, and is turned again where all steps are given. */
const bidirectional: LayerConverter = (call) => {
  const forward = call.applyWrapped('forwardLayer', call.input);
  const last = call.applyWrapped('backwardLayer', call.input);
  const backward = last.shape.length === 3 ? reversedSteps(call, last) : last;
  const mode = call.config['mergeMode'];
  if (mode === 'concat')
    return call.add('Concat', [forward, backward], { axis: int(forward.shape.length - 1) });
  if (mode === 'mul') return call.add('Mul', [forward, backward]);
  if (mode !== 'sum' && mode !== 'ave') throw call.unsupported('that gives both directions apart');
  const sum = call.add('Add', [forward, backward]);
  return mode === 'sum' ? sum : call.add('Mul', [sum, call.scalar('half', 0.5)]);
};

const reversedSteps = (call: LayerCall, sequence: Value): Value =>
  call.add('Slice', [
    sequence,
    call.integers('starts', [-1]),
    call.integers('ends', [-(2 ** 31) + 1]),
    call.integers('axes', [1]),
    call.integers('steps', [-1]),
  ]);

/** Each step counts as one more of the batch. */
const timeDistributed: LayerConverter = (call) => {
  const [batch = 1, steps = 1, ...rest] = call.input.shape;
  const single = call.reshape(call.input, [multiplyDims([batch, steps]), ...rest]);
  const output = call.applyWrapped('layer', single);
  return call.reshape(output, [batch, steps, ...output.shape.slice(1)]);
};

/** Layers around layers. */
export const wrapperLayers: Readonly<Record<string, LayerConverter>> = {
  Bidirectional: bidirectional,
  TimeDistributed: timeDistributed,
};
