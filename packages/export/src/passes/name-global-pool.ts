import { knownIntegers } from '../graph/contents.ts';
import { numberOf } from '../graph/graph.ts';
import { intTensor } from '../graph/tensor.ts';
import { rewritePass } from './pass.ts';

const POOLS: Readonly<Record<string, string>> = {
  ReduceMax: 'GlobalMaxPool',
  ReduceMean: 'GlobalAveragePool',
};

/** Writes the mean and the maximum over height and width as the poolings that they are. */
export const nameGlobalPool = rewritePass('name-global-pool', (node, { builder }) => {
  const [input, axesValue] = node.inputs;
  const pool = POOLS[node.op];
  if (pool === undefined || input?.shape.length !== 4 || input.dtype !== 'float32') return undefined;
  const axes = knownIntegers(axesValue)
    ?.map((axis) => (axis < 0 ? axis + 4 : axis))
    .toSorted((a, b) => a - b);
  if (axes?.join() !== '2,3') return undefined;
  const pooled = builder.add(pool, node.label, [input]);
  if (numberOf(node.attributes, 'keepdims', 1) === 1) return pooled;
  const [batch = 1, channels = 1] = input.shape;
  if (typeof channels === 'number') return builder.reshape(node.label, pooled, [batch, channels]);
  return builder.add('Squeeze', node.label, [
    pooled,
    builder.constant(`${node.label}/axes`, intTensor([2, 3])),
  ]);
});
