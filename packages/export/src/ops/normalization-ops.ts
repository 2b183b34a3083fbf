import { inChannelsFirst } from '../graph/channels-first.ts';
import { float, int, type Value } from '../graph/graph.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';

const normalize = (call: OpCall, x: Value, statistics: readonly Value[]): Value =>
  call.add('BatchNormalization', [x, ...statistics], {
    epsilon: float(call.attributes.number('epsilon', 0.001)),
  });

/** tfjs normalises over the last axis, whatever the data format says. */
const batchNorm: OpConverter = (call) => {
  const [x, ...statistics] = call.tensors(0, 5) as [Value, ...Value[]];
  if (statistics.some((value) => value.shape.length !== 1 || value.shape[0] === 0)) {
    throw call.unsupported('that takes its statistics from the batch, as in training');
  }
  if (x.shape.length < 3) return normalize(call, x, statistics);
  return inChannelsFirst(call, x, (input) => normalize(call, input, statistics));
};

/** ONNX divides alpha by the number of channels that are added up, TensorFlow does not. */
const localResponse: OpConverter = (call) => {
  const { attributes } = call;
  const size = 2 * attributes.number('depth_radius', 5) + 1;
  return inChannelsFirst(call, call.tensor(0), (x) =>
    call.add('LRN', [x], {
      alpha: float(attributes.number('alpha', 1) * size),
      beta: float(attributes.number('beta', 0.5)),
      bias: float(attributes.number('bias', 1)),
      size: int(size),
    }),
  );
};

/** Batch and local response normalisation. */
export const normalizationOps: OpConverters = {
  FusedBatchNorm: batchNorm,
  FusedBatchNormV2: batchNorm,
  FusedBatchNormV3: batchNorm,
  LRN: localResponse,
};
