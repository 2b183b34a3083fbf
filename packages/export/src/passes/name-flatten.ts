import { int } from '../graph/graph.ts';
import { rewritePass } from './pass.ts';

/** Writes a Reshape that keeps the batch and joins all else as Flatten, which needs no constant and says what it is. */
export const nameFlatten = rewritePass('name-flatten', (node, { builder }) => {
  const [input] = node.inputs;
  if (node.op !== 'Reshape' || input === undefined) return undefined;
  const isFlat = node.output.shape.length === 2 && node.output.shape[0] === input.shape[0];
  return isFlat && input.shape.length > 2
    ? builder.add('Flatten', node.label, [input], { axis: int(1) })
    : undefined;
});
