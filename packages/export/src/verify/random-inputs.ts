import { createRandom } from '@mien/contract';
import type { Graph, NamedValue } from '../graph/graph.ts';
import { BATCH, elementCount } from '../graph/shape.ts';
import type { Arrays, NumberArray } from './number-array.ts';
import { rowsPicked } from './rows-picked.ts';

/** The size that is tried for open heights and widths. */
const OPEN_SIZE = 64;

/** Open first sizes are all taken for the batch: most models want the same of each input. */
const sizeOf = (dim: number | string, batch: number): number => {
  if (typeof dim === 'number') return dim;
  return dim === BATCH || dim.startsWith(`${BATCH}_`) ? batch : OPEN_SIZE;
};

const draw = (
  graph: Graph,
  { value }: NamedValue,
  batch: number,
  { min, max }: typeof UNIT,
  ...seed: readonly number[]
): NumberArray => {
  const { dtype, shape } = value;
  const sizes = shape.map((dim) => sizeOf(dim, batch));
  const random = createRandom(...seed, batch);
  const length = elementCount(sizes);
  const rows = rowsPicked(graph, value);
  if (dtype === 'float32') {
    const next = rows === undefined ? () => min + (max - min) * random.next() : () => random.integer(rows);
    return { dtype, shape: sizes, data: Float32Array.from({ length }, next) };
  }
  const range = dtype === 'bool' ? 2 : (rows ?? 256);
  return {
    dtype: dtype === 'bool' ? 'bool' : 'int32',
    shape: sizes,
    data: Int32Array.from({ length }, () => random.integer(range)),
  };
};

/** Between which numbers floats are drawn unless told otherwise. */
const UNIT = { min: 0, max: 1 };

/**
 * Draws inputs for a graph: floats in [0, 1) or another range, whole numbers in [0, 256), numbers of rows among those
 * that there are. The same seed draws the same.
 */
export const randomInputs = (
  graph: Graph,
  batch: number,
  seed = 0,
  range: { readonly min: number; readonly max: number } = UNIT,
): Arrays =>
  Object.fromEntries(
    graph.inputs.map((input, index) => [input.name, draw(graph, input, batch, range, index + 1, seed)]),
  );
