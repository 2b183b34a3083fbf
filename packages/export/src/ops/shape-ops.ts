import { broadcastDims, multiplyDims } from '../graph/dim.ts';
import type { Value } from '../graph/graph.ts';
import type { Dim } from '../graph/shape.ts';
import { intTensor } from '../graph/tensor.ts';
import { isValue, type Edge } from '../graph-model/edge.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';

/** Sizes are int64 in ONNX and int32 in tfjs. */
export const shapeOf = (call: OpCall, x: Value): Value => call.cast(call.add('Shape', [x]), 'int32');

const cast: OpConverter = (call) => {
  const dtype = call.attributes.type('DstT');
  if (dtype === undefined) throw call.unsupported('to a type that tfjs does not compute with');
  const [edge] = call.inputs;
  const x = isValue(edge) ? edge : call.complex(0).real;
  return call.cast(x, dtype);
};

const expandDims: OpConverter = (call) => {
  const x = call.tensor(0);
  const axis = call.axis(call.knownNumber(1, 'axis'), x.shape.length + 1);
  return call.add('Unsqueeze', [x, call.integers('axes', [axis])]);
};

/** Without axes, all dimensions of size 1 go. */
const squeeze: OpConverter = (call) => {
  const x = call.tensor(0);
  const given = [...call.attributes.numbers('squeeze_dims'), ...call.attributes.numbers('axis')];
  const all = x.shape.flatMap((dim, axis) => (dim === 1 ? [axis] : []));
  const axes = given.length > 0 ? given.map((axis) => call.axis(axis, x.shape.length)) : all;
  return axes.length === 0
    ? x
    : call.add('Squeeze', [
        x,
        call.integers(
          'axes',
          axes.toSorted((a, b) => a - b),
        ),
      ]);
};

const reshape: OpConverter = (call) => call.builder.reshapeTo(call.name, call.tensor(0), call.tensor(1));

const broadcastTo: OpConverter = (call) => call.add('Expand', [call.tensor(0), call.sizes(1)]);

/** The shape that two shapes broadcast to. */
const broadcastArgs: OpConverter = (call) => {
  const [one, other] = [call.contents(0), call.contents(1)];
  if (one === undefined || other === undefined)
    throw call.unsupported('of shapes that are known only when the graph runs');
  const rank = Math.max(one.length, other.length);
  const dims = Array.from({ length: rank }, (_, axis): Dim => {
    return broadcastDims(one[axis - rank + one.length] ?? 1, other[axis - rank + other.length] ?? 1);
  });
  if (!dims.every((dim) => typeof dim === 'number')) return call.add('Max', [call.tensor(0), call.tensor(1)]);
  return call.cast(call.constant('shape', intTensor(dims)), 'int32');
};

const size: OpConverter = (call) => {
  const count = multiplyDims(call.tensor(0).shape);
  if (typeof count === 'number') return call.scalar('size', count, 'int32');
  return call.cast(call.add('Size', [call.tensor(0)]), 'int32');
};

const same: OpConverter = (call) => call.inputs[0] as Edge;

/** Shapes, sizes, types, and operators that do nothing when a model runs. */
export const shapeOps: OpConverters = {
  BroadcastArgs: broadcastArgs,
  BroadcastTo: broadcastTo,
  Cast: cast,
  EnsureShape: same,
  ExpandDims: expandDims,
  FakeQuantWithMinMaxVars: same,
  Identity: same,
  IdentityN: (call) => call.inputs,
  NoOp: (call) => call.scalar('nothing', 1),
  PlaceholderWithDefault: same,
  Print: same,
  Rank: (call) => call.scalar('rank', call.tensor(0).shape.length, 'int32'),
  Reshape: reshape,
  Shape: (call) => shapeOf(call, call.tensor(0)),
  ShapeN: (call) => call.tensors().map((x) => shapeOf(call, x)),
  Size: size,
  Snapshot: same,
  Squeeze: squeeze,
  StopGradient: same,
};
