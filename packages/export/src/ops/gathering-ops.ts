import { contentsOf } from '../graph/contents.ts';
import { int, string, tensor, type Value } from '../graph/graph.ts';
import { numericTensor } from '../graph/tensor.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';

const indicesOf = (call: OpCall, value: Value): Value => {
  const { tensor: constant } = value.constant ?? {};
  if (constant?.dtype === 'int64' || contentsOf(value) !== undefined) return call.cast(value, 'int64');
  return value.dtype === 'float32' ? call.cast(value, 'int64') : value;
};

const gatherAlong = (call: OpCall, axis: number, batchDims: number): Value => {
  const [x, indices] = call.tensors(0, 2) as [Value, Value];
  if (batchDims === 0) return call.add('Gather', [x, indicesOf(call, indices)], { axis: int(axis) });
  if (axis !== batchDims) throw call.unsupported(`along axis ${axis} with ${batchDims} batch dimensions`);
  const places = call.add('Unsqueeze', [
    call.cast(indices, 'int64'),
    call.integers('last', [indices.shape.length]),
  ]);
  return call.add('GatherND', [x, places], { batch_dims: int(batchDims) });
};

const gatherV2: OpConverter = (call) => {
  const axis = call.axis(call.knownNumber(2, 'axis'), call.tensor(0).shape.length);
  const given = call.attributes.number('batch_dims', 0);
  return gatherAlong(call, axis, given < 0 ? given + call.tensor(1).shape.length : given);
};

const gatherNd: OpConverter = (call) =>
  call.add('GatherND', [call.tensor(0), call.cast(call.tensor(1), 'int64')]);

/** A tensor of one value; its shape may be known only when the graph runs. */
const filled = (call: OpCall, shape: Value, value: number, like: Value): Value => {
  if (like.dtype === 'string') throw call.unsupported('of texts');
  return call.add('ConstantOfShape', [call.cast(shape, 'int64')], {
    value: tensor(numericTensor(like.dtype, [1], [value])),
  });
};

/** Values whose places come several times are added up. */
const scatterNd: OpConverter = (call) => {
  const [indices, values, shape] = call.tensors(0, 3) as [Value, Value, Value];
  const zeros = filled(call, shape, 0, values);
  return call.add('ScatterND', [zeros, call.cast(indices, 'int64'), values], { reduction: string('add') });
};

const tensorScatterUpdate: OpConverter = (call) => {
  const [x, indices, values] = call.tensors(0, 3) as [Value, Value, Value];
  return call.add('ScatterND', [x, call.cast(indices, 'int64'), values]);
};

/** Places may be a number, a list of numbers, or rows of them; one value may serve all places. */
const sparseToDense: OpConverter = (call) => {
  const [indices, shape, values, background] = call.tensors(0, 4) as [Value, Value, Value, Value];
  const rank = indices.shape.length;
  const rows = rank === 2 ? indices : call.reshape(indices, rank === 1 ? [indices.shape[0] ?? 1, 1] : [1, 1]);
  const places = call.cast(rows, 'int64');
  const dense = call.add('Expand', [call.cast(background, values.dtype), call.cast(shape, 'int64')]);
  const count = call.add('Slice', [
    call.add('Shape', [places]),
    call.integers('zero', [0]),
    call.integers('one', [1]),
  ]);
  const each = values.shape.length === 1 ? values : call.add('Expand', [values, count]);
  return call.add('ScatterND', [dense, places, each]);
};

/** Operators that pick elements by their places, or put them there. */
export const gatheringOps: OpConverters = {
  Gather: (call) => gatherAlong(call, 0, 0),
  GatherNd: gatherNd,
  GatherV2: gatherV2,
  ScatterNd: scatterNd,
  SparseToDense: sparseToDense,
  TensorScatterUpdate: tensorScatterUpdate,
};
