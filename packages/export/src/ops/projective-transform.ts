import { int, type Value } from '../graph/graph.ts';
import { multiplyDims } from '../graph/dim.ts';
import { knownDim } from '../graph/shape.ts';
import { numericTensor } from '../graph/tensor.ts';
import type { OpCall, OpConverter } from '../graph-model/op-call.ts';
import { withinEdges, type Places } from './beyond-edges.ts';
import { toFloat } from './promote.ts';

const float = (call: OpCall, value: number): Value => call.scalar('number', value);

const steps = (call: OpCall, shape: readonly number[]): Value => {
  const count = Math.max(...shape);
  return call.constant(
    'grid',
    numericTensor(
      'float32',
      shape,
      Array.from({ length: count }, (_, at) => at),
    ),
  );
};

const sizeAlong = (call: OpCall, axis: number): Value => {
  const size = call.add('Gather', [call.add('Shape', [call.tensor(0)]), call.scalar('axis', axis, 'int64')]);
  return call.cast(size, 'float32');
};

/** The eight numbers of each transform, `[images, 1, 1]` each. */
const coefficients = (call: OpCall): readonly Value[] =>
  Array.from({ length: 8 }, (_, column) => {
    const picked = call.add('Gather', [call.tensor(1), call.integers('column', [column])], { axis: int(1) });
    return call.add('Unsqueeze', [picked, call.integers('to-grid', [2])]);
  });

/** Reads pixels at whole places: `[images, rows, columns, channels]`; the fill value beyond the edges. */
const pixelsAt = (call: OpCall, y: Places, x: Places): Value => {
  const image = toFloat(call, call.tensor(0));
  const flat = call.reshape(image, [multiplyDims(image.shape.slice(0, 3)), knownDim(image.shape, 3)]);
  const inside = [y, x].map(({ at, size }) => [
    call.add('GreaterOrEqual', [at, float(call, 0)]),
    call.add('Less', [at, size]),
  ]);
  const isInside = inside.flat().reduce((one, other) => call.add('And', [one, other]));
  const place = ({ at, size }: Places): Value => {
    const last = call.add('Sub', [size, float(call, 1)]);
    return call.cast(call.add('Min', [call.add('Max', [at, float(call, 0)]), last]), 'int64');
  };
  const [height, width] = [call.cast(y.size, 'int64'), call.cast(x.size, 'int64')];
  const images = call.add('Range', [
    call.scalar('zero', 0, 'int64'),
    call.add('Gather', [call.add('Shape', [image]), call.scalar('batch', 0, 'int64')]),
    call.scalar('one', 1, 'int64'),
  ]);
  const image3d = call.add('Unsqueeze', [images, call.integers('to-grid', [1, 2])]);
  const row = call.add('Add', [call.add('Mul', [image3d, height]), place(y)]);
  const read = call.add('Gather', [flat, call.add('Add', [call.add('Mul', [row, width]), place(x)])], {
    axis: int(0),
  });
  const spread = call.add('Unsqueeze', [isInside, call.integers('channel', [3])]);
  return call.add('Where', [spread, read, fillOf(call)]);
};

const fillOf = (call: OpCall): Value => call.cast(call.tensor(3), 'float32');

const blend = (call: OpCall, one: Value, other: Value, share: Value): Value => {
  const weight = call.add('Unsqueeze', [share, call.integers('channel', [3])]);
  const rest = call.add('Sub', [float(call, 1), weight]);
  return call.add('Add', [call.add('Mul', [one, rest]), call.add('Mul', [other, weight])]);
};

const sample = (call: OpCall, y: Places, x: Places, interpolation: string): Value => {
  const at = (places: Places, value: Value): Places => ({ at: value, size: places.size });
  if (interpolation === 'nearest') {
    const rounded = (places: Places): Places =>
      at(places, call.add('Floor', [call.add('Add', [places.at, float(call, 0.5)])]));
    return pixelsAt(call, rounded(y), rounded(x));
  }
  const floors = [y, x].map((places) => at(places, call.add('Floor', [places.at]))) as [Places, Places];
  const next = (places: Places): Places => at(places, call.add('Add', [places.at, float(call, 1)]));
  const [top, left] = floors;
  const [down, along] = [y, x].map((places, axis) =>
    call.add('Sub', [places.at, (floors[axis] as Places).at]),
  ) as [Value, Value];
  const upper = blend(call, pixelsAt(call, top, left), pixelsAt(call, top, next(left)), along);
  const lower = blend(call, pixelsAt(call, next(top), left), pixelsAt(call, next(top), next(left)), along);
  return blend(call, upper, lower, down);
};

/** Reads each pixel of the result from where a projection of its place lies in the image. */
export const projectiveTransform: OpConverter = (call) => {
  const [height, width] = call.knownIntegers(2, 'output size') as [number, number];
  const interpolation = call.attributes.text('interpolation', 'nearest').toLowerCase();
  const mode = call.attributes.text('fill_mode', 'constant').toLowerCase();
  const [gridX, gridY] = [steps(call, [1, 1, width]), steps(call, [1, height, 1])];
  const [a0, a1, a2, b0, b1, b2, c0, c1] = coefficients(call) as [
    Value,
    Value,
    Value,
    Value,
    Value,
    Value,
    Value,
    Value,
  ];
  const linear = (ofX: Value, ofY: Value, rest: Value): Value =>
    call.add('Add', [call.add('Add', [call.add('Mul', [ofX, gridX]), call.add('Mul', [ofY, gridY])]), rest]);
  const depth = linear(c0, c1, float(call, 1));
  const isInfinite = call.add('Equal', [depth, float(call, 0)]);
  const divisor = call.add('Where', [isInfinite, float(call, 1), depth]);
  const places = (axis: number, one: Value, other: Value, rest: Value): Places => {
    const along = { at: call.add('Div', [linear(one, other, rest), divisor]), size: sizeAlong(call, axis) };
    return { ...along, at: withinEdges(call, along, mode) };
  };
  const values = sample(call, places(1, b0, b1, b2), places(2, a0, a1, a2), interpolation);
  const isLost = call.add('Unsqueeze', [isInfinite, call.integers('channel', [3])]);
  return call.cast(call.add('Where', [isLost, fillOf(call), values]), call.tensor(0).dtype);
};
