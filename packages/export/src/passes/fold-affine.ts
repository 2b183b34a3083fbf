import { constantFloats, type GraphBuilder } from '../graph/graph-builder.ts';
import type { GraphNode, Value } from '../graph/graph.ts';
import { floatTensor } from '../graph/tensor.ts';
import { channelAffine, type ChannelAffine } from './channel-affine.ts';
import { rewritePass } from './pass.ts';

/** Kernels are `[outputs, …]` for Conv and `[inputs, outputs]` for Gemm. */
const scaleKernel = (op: string, kernel: Value, scale: readonly number[]): Float32Array | undefined => {
  const tensor = constantFloats(kernel);
  if (tensor === undefined) return undefined;
  const perOutput = tensor.data.length / scale.length;
  return tensor.data.map((weight, index) => {
    const output = op === 'Conv' ? Math.floor(index / perOutput) : index % scale.length;
    return weight * (scale[output] as number);
  });
};

const foldInto = (producer: GraphNode, affine: ChannelAffine, builder: GraphBuilder): Value | undefined => {
  const [input, kernel, bias] = producer.inputs;
  if (input === undefined || kernel === undefined) return undefined;
  const weights = scaleKernel(producer.op, kernel, affine.scale);
  const oldBias = bias === undefined ? undefined : constantFloats(bias);
  if (weights === undefined || (bias !== undefined && oldBias === undefined)) return undefined;
  const newBias = affine.scale.map(
    (factor, channel) => (oldBias?.data[channel] ?? 0) * factor + (affine.shift[channel] as number),
  );
  const { label = 'kernel' } = kernel.constant ?? {};
  return builder.add(
    producer.op,
    producer.label,
    [
      input,
      builder.constant(label, floatTensor(kernel.shape as number[], weights)),
      builder.constant(
        bias?.constant?.label ?? `${producer.label}/bias`,
        floatTensor([newBias.length], newBias),
      ),
    ],
    producer.attributes,
  );
};

/**
 * Folds a BatchNormalization, or a constant Mul or Add for each channel, into the convolution or dense layer before it:
 * s · (Wx + b) + t = (sW) x + (sb + t).
 */
export const foldAffine = rewritePass('fold-affine', (node, { builder, isOnlyReader }) => {
  const affine = channelAffine(node);
  const producer = affine === undefined ? undefined : builder.producer(affine.input);
  if (affine === undefined || producer === undefined || !isOnlyReader(affine.input)) return undefined;
  return producer.op === 'Conv' || producer.op === 'Gemm' ? foldInto(producer, affine, builder) : undefined;
});

/**
 * Folds the same into the dense layer after it: W (s · x + t) + b = (Ws) x + (Wt + b). Convolutions are left alone, as
 * their padding would have to be shifted too.
 */
export const foldAffineIntoGemm = rewritePass('fold-affine-into-gemm', (node, { builder, isOnlyReader }) => {
  const [input, kernel, bias] = node.inputs;
  const producer = node.op === 'Gemm' && input !== undefined ? builder.producer(input) : undefined;
  const affine = producer === undefined ? undefined : channelAffine(producer);
  const weights = constantFloats(kernel);
  const oldBias = constantFloats(bias);
  if (input === undefined || affine === undefined || weights === undefined || !isOnlyReader(input))
    return undefined;
  if (affine.input.shape.length !== 2 || (bias !== undefined && oldBias === undefined)) return undefined;
  const outputs = weights.shape[1] as number;
  const newBias = Array.from({ length: outputs }, (_, output) => oldBias?.data[output] ?? 0);
  const newWeights = weights.data.map((weight, index) => {
    const [row, output] = [Math.floor(index / outputs), index % outputs];
    newBias[output] = (newBias[output] as number) + (affine.shift[row] as number) * weight;
    return weight * (affine.scale[row] as number);
  });
  return builder.add('Gemm', node.label, [
    affine.input,
    builder.constant(kernel?.constant?.label ?? 'kernel', floatTensor(weights.shape, newWeights)),
    builder.constant(bias?.constant?.label ?? `${node.label}/bias`, floatTensor([outputs], newBias)),
  ]);
});
