import type { Value } from '../graph/graph.ts';
import { ComplexPair, isValue, TensorList, type Edge } from './edge.ts';

/** The tensors that an edge is made of; `undefined` where it cannot be passed on. */
export const packEdge = (edge: Edge): readonly Value[] | undefined => {
  if (isValue(edge)) return [edge];
  if (edge instanceof ComplexPair) return [edge.real, edge.imaginary];
  if (edge instanceof TensorList && edge.elements !== undefined) return [edge.elements];
  return undefined;
};

/** Makes an edge like another one of the tensors that stand in for its own. */
export const unpackEdge = (like: Edge, values: readonly Value[]): Edge => {
  const [first, second] = values as [Value, Value];
  if (like instanceof ComplexPair) return new ComplexPair(first, second);
  return like instanceof TensorList ? new TensorList(like.dtype, first, undefined) : first;
};
