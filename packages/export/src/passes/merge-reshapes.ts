import { sameShape } from '../graph/shape.ts';
import { rewritePass } from './pass.ts';

/** Makes one Reshape of two in a row, and drops those that change nothing. */
export const mergeReshapes = rewritePass('merge-reshapes', (node, { builder }) => {
  const [input] = node.inputs;
  if (node.op !== 'Reshape' || input === undefined) return undefined;
  if (sameShape(input.shape, node.output.shape)) return input;
  const [source] = builder.producedBy(input, 'Reshape')?.inputs ?? [];
  return source === undefined || !builder.canReshape(source, node.output.shape)
    ? undefined
    : builder.reshape(node.label, source, node.output.shape);
});
