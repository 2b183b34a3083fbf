import { inChannelsFirst } from '../graph/channels-first.ts';
import { float, type Value } from '../graph/graph.ts';
import { knownDim } from '../graph/shape.ts';
import { floatTensor } from '../graph/tensor.ts';
import type { LayerCall, LayerConverter, LayerConverters } from './layer-call.ts';

/** ONNX normalises axis 1; gamma and beta may be switched off in the layer. */
const normalizeAxisOne = (call: LayerCall, x: Value): Value => {
  const channels = knownDim(x.shape, 1);
  const filled = (value: number) => floatTensor([channels], new Float32Array(channels).fill(value));
  return call.add(
    'BatchNormalization',
    [
      x,
      call.constant('gamma', call.optionalWeight('gamma') ?? filled(1)),
      call.constant('beta', call.optionalWeight('beta') ?? filled(0)),
      call.constant('moving_mean', call.weight('moving_mean')),
      call.constant('moving_variance', call.weight('moving_variance')),
    ],
    { epsilon: float(call.config['epsilon'] as number) },
  );
};

const batchNormalization: LayerConverter = (call) => {
  const { input } = call;
  // Keras writes the axis as a list of one, and tfjs reads it as if it were a number.
  const setting = [call.config['axis'] as number | number[]].flat()[0] ?? -1;
  const axis = setting < 0 ? setting + input.shape.length : setting;
  const rank = input.shape.length;
  if (axis !== rank - 1) throw call.unsupported(`over axis ${setting}, where the backends of tfjs disagree`);
  if (rank > 4) throw call.unsupported(`of an input of rank ${rank}, which tfjs does not take`);
  return rank === 2
    ? normalizeAxisOne(call, input)
    : inChannelsFirst(call, input, (x) => normalizeAxisOne(call, x));
};

/** Keras's Rescaling: x · scale + offset. */
const rescaling: LayerConverter = (call) => {
  const scaled = call.add('Mul', [call.input, call.scalar('scale', call.config['scale'] as number)]);
  const offset = call.config['offset'] as number;
  return offset === 0 ? scaled : call.add('Add', [scaled, call.scalar('offset', offset)]);
};

/** Layers that scale and shift. */
export const normalizationLayers: LayerConverters = {
  BatchNormalization: batchNormalization,
  Rescaling: rescaling,
};
