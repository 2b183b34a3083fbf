import { constantFloats } from '../graph/graph-builder.ts';
import { ints, intsOf, stringOf, type GraphNode } from '../graph/graph.ts';
import { rewritePass } from './pass.ts';

const padsWithZeros = ({ inputs, attributes }: GraphNode): boolean => {
  const [, , value] = inputs;
  const isZero = value === undefined || constantFloats(value)?.data[0] === 0;
  return isZero && stringOf(attributes, 'mode', 'constant') === 'constant';
};

/** Folds zero padding of height and width into the convolution after it. */
export const foldPad = rewritePass('fold-pad', (node, { builder }) => {
  const [input, ...weights] = node.inputs;
  const pad = node.op === 'Conv' ? builder.producedBy(input, 'Pad') : undefined;
  const [source, amounts] = pad?.inputs ?? [];
  const tensor = amounts?.constant?.tensor;
  if (source === undefined || tensor?.dtype !== 'int64' || tensor.data.length !== 8) return undefined;
  if (pad === undefined || !padsWithZeros(pad) || node.attributes['pads'] === undefined) return undefined;
  const [batchStart, channelStart, top, left, batchEnd, channelEnd, bottom, right] = Array.from(
    tensor.data,
    Number,
  );
  if ([batchStart, channelStart, batchEnd, channelEnd].some((amount) => amount !== 0)) return undefined;
  const added = [top, left, bottom, right];
  if (added.some((amount) => (amount as number) < 0)) return undefined;
  const pads = intsOf(node.attributes, 'pads').map((amount, side) => amount + (added[side] ?? 0));
  return builder.add('Conv', node.label, [source, ...weights], { ...node.attributes, pads: ints(pads) });
});
