import { int, tensor, type Value } from '../graph/graph.ts';
import type { Dim, Shape } from '../graph/shape.ts';
import { numericTensor, type DataType } from '../graph/tensor.ts';
import { TensorList } from '../graph-model/edge.ts';
import type { OpCall } from '../graph-model/op-call.ts';

/** One size as a list of one int64; a symbol is read off a value that has it. */
const sizeValue = (call: OpCall, dim: Dim): Value => {
  if (typeof dim === 'number') return call.integers('size', [dim]);
  const found = call.builder.findSize(dim);
  if (found === undefined)
    throw call.unsupported(`of a list whose elements have the size ${dim}, which is not known before`);
  const { value, axis } = found;
  return call.add('Shape', [value], { start: int(axis), end: int(axis + 1) });
};

/** Joins a list's length and the sizes of its elements to one shape. */
const shapeOf = (call: OpCall, length: Value, element: readonly Value[]): Value => {
  const list =
    length.shape.length === 1 ? length : call.add('Unsqueeze', [length, call.integers('axes', [0])]);
  return element.length === 0
    ? list
    : call.add('Concat', [call.cast(list, 'int64'), ...element], { axis: int(0) });
};

/** Fills a list of a known length with zeros, which is what TensorFlow takes elements for that nobody has set. */
export const zeroElements = (call: OpCall, list: TensorList, element: Shape, dtype: DataType): TensorList => {
  if (list.size === undefined) return list;
  if (dtype === 'string') throw call.unsupported('of texts');
  const shape = shapeOf(
    call,
    call.cast(list.size, 'int64'),
    element.map((dim) => sizeValue(call, dim)),
  );
  const zeros = call.add('ConstantOfShape', [shape], { value: tensor(numericTensor(dtype, [1], [0])) });
  return new TensorList(dtype, zeros, undefined);
};

/** A list's elements, in one tensor. */
export const elementsOf = (call: OpCall, list: TensorList): Value => {
  if (list.elements === undefined) throw call.unsupported('of a list before anything is in it');
  return list.elements;
};
