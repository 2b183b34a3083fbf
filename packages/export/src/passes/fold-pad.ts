import { constantFloats, type GraphBuilder } from '../graph/graph-builder.ts';
import { ints, intsOf, stringOf, type GraphNode, type Value } from '../graph/graph.ts';
import { permute, type Permutation } from '../graph/permutation.ts';
import { rewritePass } from './pass.ts';

const padsWithZeros = ({ inputs, attributes }: GraphNode): boolean => {
  const [, , value] = inputs;
  const isZero = value === undefined || constantFloats(value)?.data[0] === 0;
  return isZero && stringOf(attributes, 'mode', 'constant') === 'constant';
};

/** What a convolution reads through a Pad, perhaps turned channels first in between, and the amounts as it sees them. */
interface Padded {
  readonly source: Value;
  readonly amounts: readonly number[];
  readonly permutation: Permutation | undefined;
}

const paddedInput = (input: Value | undefined, builder: GraphBuilder): Padded | undefined => {
  const turn = builder.producedBy(input, 'Transpose');
  const pad = builder.producedBy(turn === undefined ? input : turn.inputs[0], 'Pad');
  const [source, amounts] = pad?.inputs ?? [];
  const tensor = amounts?.constant?.tensor;
  if (pad === undefined || source === undefined || !padsWithZeros(pad)) return undefined;
  if (tensor?.dtype !== 'int64' || tensor.data.length !== 8) return undefined;
  const all = Array.from(tensor.data, Number);
  if (turn === undefined) return { source, amounts: all, permutation: undefined };
  const permutation = intsOf(turn.attributes, 'perm');
  return {
    source,
    permutation,
    amounts: [...permute(all.slice(0, 4), permutation), ...permute(all.slice(4), permutation)],
  };
};

/** Folds zero padding of height and width into the convolution after it. */
export const foldPad = rewritePass('fold-pad', (node, { builder }) => {
  const [input, ...weights] = node.inputs;
  if (node.op !== 'Conv' || node.attributes['pads'] === undefined) return undefined;
  const padded = paddedInput(input, builder);
  if (padded === undefined) return undefined;
  const [batchStart, channelStart, top, left, batchEnd, channelEnd, bottom, right] = padded.amounts;
  if ([batchStart, channelStart, batchEnd, channelEnd].some((amount) => amount !== 0)) return undefined;
  const added = [top, left, bottom, right] as number[];
  if (added.some((amount) => amount < 0)) return undefined;
  const pads = intsOf(node.attributes, 'pads').map((amount, side) => amount + (added[side] ?? 0));
  const { source, permutation } = padded;
  const turned = permutation === undefined ? source : builder.transpose(node.label, source, permutation);
  return builder.add('Conv', node.label, [turned, ...weights], { ...node.attributes, pads: ints(pads) });
});
