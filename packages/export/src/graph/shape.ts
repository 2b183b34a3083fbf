/** One dimension: a size, or the name of a size that is known only at run time (`N`, the batch). */
export type Dim = number | string;

/** The dimensions of a value, outermost first. */
export type Shape = readonly Dim[];

/** The symbolic batch dimension of every converted graph. */
export const BATCH = 'N';

/** Symbols longer than this are formulas that say nothing to people. */
const LONGEST_NAME = 32;

/** True for a symbol that is worth showing. */
export const isName = (dim: Dim): boolean => typeof dim === 'string' && dim.length <= LONGEST_NAME;

/** Writes a shape for a message, e.g. `[N, 3, 48, 48]`; question marks for sizes without a name. */
export const formatShape = (shape: Shape): string =>
  `[${shape.map((dim) => (typeof dim === 'number' || isName(dim) ? dim : '?')).join(', ')}]`;

/** True where both shapes have the same dimensions, symbols included. */
export const sameShape = (one: Shape, other: Shape): boolean =>
  one.length === other.length && one.every((dim, axis) => dim === other[axis]);

/** Counts the elements of a shape without symbols. */
export const elementCount = (shape: readonly number[]): number =>
  shape.reduce((count, dim) => count * dim, 1);

/** Reads one dimension that has to be a known size. */
export const knownDim = (shape: Shape, axis: number): number => {
  const dim = shape.at(axis);
  if (typeof dim !== 'number')
    throw new RangeError(`Axis ${axis} of ${formatShape(shape)} is not a known size.`);
  return dim;
};
