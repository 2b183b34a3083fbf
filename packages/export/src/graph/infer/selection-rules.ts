import { contentsOf, knownIntegers } from '../contents.ts';
import { subtractDims } from '../dim.ts';
import { numberOf } from '../graph.ts';
import type { Dim } from '../shape.ts';
import { axisOf, type ShapeRule, type ShapeRules } from './operation.ts';

/** How many elements a slice of one axis takes. Ends beyond the axis, as INT_MAX is, mean its end. */
const slicedDim = (dim: Dim, start: Dim | undefined, end: Dim | undefined, step: number): Dim | undefined => {
  if (typeof dim === 'number' && typeof start === 'number' && typeof end === 'number') {
    const [low, high] = step > 0 ? [0, dim] : [-1, dim - 1];
    const place = (at: number): number => Math.min(Math.max(at < 0 ? at + dim : at, low), high);
    return Math.max(0, Math.ceil((place(end) - place(start)) / step));
  }
  if (step !== 1 || start === undefined) return undefined;
  const reachesEnd = end === dim || (typeof end === 'number' && end >= 2 ** 31 - 1);
  if (reachesEnd && start === 0) return dim;
  if (reachesEnd && typeof start === 'number') return start < 0 ? undefined : subtractDims(dim, start);
  if (start === 0 && typeof end === 'number' && end < 0) return subtractDims(dim, -end);
  return undefined;
};

const slice: ShapeRule = ([x = []], { inputs, newSymbol }) => {
  const [, starts, ends, axesValue, stepsValue] = inputs;
  const axes = axesValue === undefined ? x.map((_, axis) => axis) : knownIntegers(axesValue);
  const steps = stepsValue === undefined ? axes?.map(() => 1) : knownIntegers(stepsValue);
  const [from, to] = [contentsOf(starts), contentsOf(ends)];
  if (axes === undefined) return x.map(() => newSymbol());
  const shape: Dim[] = [...x];
  for (const [index, given] of axes.entries()) {
    const axis = axisOf(given, x.length);
    const step = steps?.[index];
    const dim = step === undefined ? undefined : slicedDim(x[axis] ?? 1, from?.[index], to?.[index], step);
    shape[axis] = dim ?? newSymbol();
  }
  return shape;
};

const gather: ShapeRule = ([x = [], indices = []], { attributes }) => {
  const axis = axisOf(numberOf(attributes, 'axis', 0), x.length);
  return [...x.slice(0, axis), ...indices, ...x.slice(axis + 1)];
};

const gatherNd: ShapeRule = ([x = [], indices = []], { attributes }) => {
  const batchDims = numberOf(attributes, 'batch_dims', 0);
  const depth = indices.at(-1);
  if (typeof depth !== 'number') throw new RangeError('the last dimension of the indices must be known');
  return [...indices.slice(0, -1), ...x.slice(batchDims + depth)];
};

const oneHot: ShapeRule = ([indices = []], { inputs, attributes, newSymbol }) => {
  const depth = contentsOf(inputs[1])?.[0] ?? newSymbol();
  const axis = axisOf(numberOf(attributes, 'axis', -1), indices.length + 1);
  return [...indices.slice(0, axis), depth, ...indices.slice(axis)];
};

/** Operators that pick elements out. */
export const selectionRules: ShapeRules = {
  DFT: ([x = []], { attributes, newSymbol }) =>
    x.map((dim, axis) => {
      if (axis === x.length - 1) return 2;
      if (
        axis !== axisOf(numberOf(attributes, 'axis', 1), x.length) ||
        numberOf(attributes, 'onesided', 0) === 0
      )
        return dim;
      return typeof dim === 'number' ? Math.floor(dim / 2) + 1 : newSymbol();
    }),
  Gather: gather,
  GatherElements: ([, indices = []]) => indices,
  GatherND: gatherNd,
  Multinomial: ([logits = []], { attributes }) => [logits[0] ?? 1, numberOf(attributes, 'sample_size', 1)],
  NonMaxSuppression: (_, { newSymbol }) => [newSymbol(), 3],
  NonZero: ([x = []], { newSymbol }) => [x.length, newSymbol()],
  OneHot: oneHot,
  Slice: slice,
};
