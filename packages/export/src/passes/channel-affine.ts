import { constantFloats } from '../graph/graph-builder.ts';
import { numberOf, type GraphNode, type Value } from '../graph/graph.ts';

/** x · scale + shift, one scale and shift for each channel (axis 1). Kept in double precision until it is folded. */
export interface ChannelAffine {
  readonly input: Value;
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

const batchNormalization = (node: GraphNode): ChannelAffine | undefined => {
  const [input, ...statistics] = node.inputs;
  const [gamma, beta, mean, variance] = statistics.map((value) => constantFloats(value)?.data);
  if (input === undefined || !gamma || !beta || !mean || !variance) return undefined;
  const epsilon = numberOf(node.attributes, 'epsilon', 1e-5);
  const scale = Array.from(
    gamma,
    (value, channel) => value / Math.sqrt((variance[channel] as number) + epsilon),
  );
  const shift = scale.map(
    (factor, channel) => (beta[channel] as number) - (mean[channel] as number) * factor,
  );
  return { input, scale, shift };
};

/** The constant's value for each channel, where it is the same at every pixel; a lone number serves all channels. */
const perChannel = (value: Value, rank: number, channels: number): number[] | undefined => {
  const tensor = constantFloats(value);
  if (tensor === undefined || tensor.shape.length > rank) return undefined;
  const channelAxis = 1 - rank + tensor.shape.length;
  if (tensor.shape.some((dim, axis) => axis !== channelAxis && dim !== 1)) return undefined;
  const { data } = tensor;
  return Array.from({ length: channels }, (_, channel) => data[data.length === 1 ? 0 : channel] as number);
};

const constantOperand = (node: GraphNode): ChannelAffine | undefined => {
  const constantIndex = node.inputs.findIndex((input) => input.constant !== undefined);
  const [constant, input] = [node.inputs[constantIndex], node.inputs[1 - constantIndex]];
  const channels = node.output.shape[1];
  if (constant === undefined || input === undefined || typeof channels !== 'number') return undefined;
  if (input.shape.length !== node.output.shape.length || input.shape[1] !== channels) return undefined;
  const values = perChannel(constant, node.output.shape.length, channels);
  if (values === undefined) return undefined;
  const all = (value: number) => Array.from({ length: channels }, () => value);
  return node.op === 'Mul'
    ? { input, scale: values, shift: all(0) }
    : { input, scale: all(1), shift: values };
};

/** Reads a node as a scale and a shift of each channel; `undefined` where it is not one. */
export const channelAffine = (node: GraphNode): ChannelAffine | undefined => {
  if (node.op === 'BatchNormalization') return batchNormalization(node);
  return node.op === 'Mul' || node.op === 'Add' ? constantOperand(node) : undefined;
};
