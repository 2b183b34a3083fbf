import { int, string, type Value } from '../graph/graph.ts';
import type { Dim } from '../graph/shape.ts';
import type { DataType } from '../graph/tensor.ts';
import { TensorList, type Edge } from '../graph-model/edge.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { elementsOf, zeroElements } from './list-elements.ts';

const dtypeOf = (call: OpCall, name = 'element_dtype'): DataType => call.attributes.type(name) ?? 'float32';

const isKnown = (shape: readonly Dim[] | undefined): shape is readonly Dim[] =>
  shape !== undefined && shape.every((dim) => typeof dim === 'string' || dim >= 0);

/** An element shape that is empty says nothing: TensorFlow writes it for unknown ones, too. */
const reserved = (
  call: OpCall,
  size: Value,
  element: readonly Dim[] | undefined,
  dtype: DataType,
): TensorList => {
  const list = new TensorList(dtype, undefined, call.cast(size, 'int64'));
  return isKnown(element) && element.length > 0 ? zeroElements(call, list, element, dtype) : list;
};

const listOf = (call: OpCall, size: number): Value => call.scalar('size', size, 'int64');

const shapeInput = (call: OpCall, index: number): readonly Dim[] | undefined =>
  call.tensor(index).shape.length === 1 ? call.contents(index) : undefined;

const scalarIndex = (call: OpCall, value: Value): Value =>
  value.shape.length === 0 ? value : call.reshape(value, []);

const itemOf = (call: OpCall, list: TensorList, index: Value): Value =>
  call.add('Gather', [elementsOf(call, list), scalarIndex(call, index)], { axis: int(0) });

/** A list with one element changed. */
const withItem = (call: OpCall, list: TensorList, index: Value, item: Value): TensorList => {
  const { elements } = list.elements === undefined ? zeroElements(call, list, item.shape, item.dtype) : list;
  if (elements === undefined) throw call.unsupported('of a list of unknown length');
  const place = call.add('Unsqueeze', [
    call.cast(scalarIndex(call, index), 'int64'),
    call.integers('to-place', [0, 1]),
  ]);
  const update = call.add('Unsqueeze', [item, call.integers('front', [0])]);
  return new TensorList(list.dtype, call.add('ScatterND', [elements, place, update]), undefined);
};

const pushed = (call: OpCall, list: TensorList, item: Value): TensorList => {
  const last = call.add('Unsqueeze', [item, call.integers('front', [0])]);
  if (list.elements === undefined) {
    // A list in a loop is given its elements' shape first, so only an empty one comes here.
    return new TensorList(item.dtype, last, undefined);
  }
  return new TensorList(list.dtype, call.add('Concat', [list.elements, last], { axis: int(0) }), undefined);
};

const lengthOf = (call: OpCall, list: TensorList): Value => {
  if (list.elements === undefined) return call.cast(list.size as Value, 'int32');
  const shape = call.add('Shape', [list.elements], { start: int(0), end: int(1) });
  return call.cast(call.add('Squeeze', [shape, call.integers('axes', [0])]), 'int32');
};

const gathered = (call: OpCall, list: TensorList, indices: Value): Value =>
  call.add('Gather', [elementsOf(call, list), indices], { axis: int(0) });

const scattered = (call: OpCall, list: TensorList, indices: Value, values: Value): TensorList => {
  const { elements } =
    list.elements === undefined ? zeroElements(call, list, values.shape.slice(1), values.dtype) : list;
  if (elements === undefined) throw call.unsupported('of a list of unknown length');
  const places = call.add('Unsqueeze', [call.cast(indices, 'int64'), call.integers('to-place', [1])]);
  return new TensorList(
    list.dtype,
    call.add('ScatterND', [elements, places, values], { reduction: string('none') }),
    undefined,
  );
};

/** Cuts a list off at its end, or puts zeros there. */
const resized = (call: OpCall, list: TensorList, size: Value): TensorList => {
  if (list.elements === undefined) return new TensorList(list.dtype, undefined, call.cast(size, 'int64'));
  const { elements } = list;
  const length = call.add('Shape', [elements], { end: int(1) });
  const wanted = call.add('Unsqueeze', [call.cast(size, 'int64'), call.integers('axes', [0])]);
  const rest = elements.shape.slice(1).map(() => 0);
  const missing = call.add('Sub', [wanted, length]);
  const pads = [
    call.integers('start', [0, ...rest]),
    missing,
    ...(rest.length > 0 ? [call.integers('end', rest)] : []),
  ];
  return new TensorList(
    list.dtype,
    call.add('Pad', [elements, call.add('Concat', pads, { axis: int(0) })]),
    undefined,
  );
};

/** Joins the elements along their first axis. */
const concatenated = (call: OpCall, list: TensorList): Value => {
  const elements = elementsOf(call, list);
  const rest = elements.shape.slice(2);
  if (!rest.every((dim) => typeof dim === 'number')) throw call.unsupported('of elements of unknown size');
  return call.add('Reshape', [elements, call.integers('shape', [-1, ...rest])]);
};

/** Parts of equal length are a matter of shape alone. */
const parted = (call: OpCall, tensor: Value, lengths: readonly number[], dtype: DataType): TensorList => {
  const [length = 0] = lengths;
  if (lengths.some((other) => other !== length)) throw call.unsupported('into parts of different lengths');
  return new TensorList(
    dtype,
    call.reshape(tensor, [lengths.length, length, ...tensor.shape.slice(1)]),
    undefined,
  );
};

const scatterInto = (call: OpCall, size: Value): TensorList =>
  scattered(
    call,
    new TensorList(call.tensor(0).dtype, undefined, call.cast(size, 'int64')),
    call.tensor(1),
    call.tensor(0),
  );

const listOps: OpConverters = {
  EmptyTensorList: (call) => reserved(call, listOf(call, 0), shapeInput(call, 0), dtypeOf(call)),
  TensorListConcat: (call) => concatenated(call, call.list(0)),
  TensorListConcatV2: (call) => concatenated(call, call.list(0)),
  TensorListFromTensor: (call) => new TensorList(call.tensor(0).dtype, call.tensor(0), undefined),
  TensorListGather: (call) => gathered(call, call.list(0), call.tensor(1)),
  TensorListGetItem: (call) => itemOf(call, call.list(0), call.tensor(1)),
  TensorListLength: (call) => lengthOf(call, call.list(0)),
  TensorListPushBack: (call) => pushed(call, call.list(0), call.tensor(1)),
  TensorListReserve: (call) =>
    reserved(call, scalarIndex(call, call.tensor(1)), shapeInput(call, 0), dtypeOf(call)),
  TensorListScatter: (call) =>
    scatterInto(call, listOf(call, Math.max(...call.knownIntegers(1, 'places')) + 1)),
  TensorListScatterV2: (call) => {
    const size = call.constantNumber(3);
    return size === -1
      ? scatterInto(call, listOf(call, Math.max(...call.knownIntegers(1, 'places')) + 1))
      : scatterInto(call, call.tensor(3));
  },
  TensorListResize: (call) => resized(call, call.list(0), scalarIndex(call, call.tensor(1))),
  TensorListSetItem: (call) => withItem(call, call.list(0), call.tensor(1), call.tensor(2)),
  TensorListSplit: (call) => parted(call, call.tensor(0), call.knownIntegers(2, 'lengths'), dtypeOf(call)),
  TensorListStack: (call) => elementsOf(call, call.list(0)),
};

/** The state of a TensorArray travels along its flow; the handle is what it was when it was made. */
const arrayOf = (call: OpCall, flow: number): TensorList => {
  const edge = call.inputs[flow];
  return edge instanceof TensorList ? edge : call.list(0);
};

const makeArray: OpConverter = (call) => {
  const shape = call.attributes.shape('element_shape');
  const array = reserved(call, scalarIndex(call, call.tensor(0)), shape, dtypeOf(call, 'dtype'));
  return [array, array] satisfies readonly Edge[];
};

const arrayOps: OpConverters = {
  TensorArrayCloseV3: (call) => call.scalar('nothing', 1),
  TensorArrayConcatV3: (call) => concatenated(call, arrayOf(call, 1)),
  TensorArrayGatherV3: (call) => gathered(call, arrayOf(call, 2), call.tensor(1)),
  TensorArrayReadV3: (call) => itemOf(call, arrayOf(call, 2), call.tensor(1)),
  TensorArrayScatterV3: (call) => scattered(call, arrayOf(call, 3), call.tensor(1), call.tensor(2)),
  TensorArraySizeV3: (call) => lengthOf(call, arrayOf(call, 1)),
  TensorArraySplitV3: (call) =>
    parted(call, call.tensor(1), call.knownIntegers(2, 'lengths'), dtypeOf(call, 'T')),
  TensorArrayV3: makeArray,
  TensorArrayWriteV3: (call) => withItem(call, arrayOf(call, 3), call.tensor(1), call.tensor(2)),
};

/** TensorLists and TensorArrays, whose elements are kept in one tensor. */
export const listAndArrayOps: OpConverters = { ...listOps, ...arrayOps };
