import { contentsOf } from '../graph/contents.ts';
import { subtractDims } from '../graph/dim.ts';
import { int, type Value } from '../graph/graph.ts';
import type { Dim } from '../graph/shape.ts';
import type { OpCall, OpConverter, OpConverters } from '../graph-model/op-call.ts';
import { readStridedSlice, type AxisSlice } from './strided-slice.ts';

/** As far as an axis goes: ONNX cuts ends off there. */
const END = 2 ** 31 - 1;

/** One element of a list of integers, as a list of one int64. */
const pick = (call: OpCall, list: Value, place: number): Value => {
  const element = call.add('Slice', [
    call.cast(list, 'int64'),
    call.integers('place', [place]),
    call.integers('next', [place + 1]),
    call.integers('axes', [0]),
  ]);
  return element;
};

const concatenated = (call: OpCall, parts: readonly Value[]): Value =>
  parts.length === 1 ? (parts[0] as Value) : call.add('Concat', parts, { axis: int(0) });

/** A size of -1 means all that is left. */
const slice: OpConverter = (call) => {
  const [x, begin, size] = call.tensors(0, 3) as [Value, Value, Value];
  const sizes = call.contents(2);
  const begins = call.contents(1);
  const axes = x.shape.flatMap((dim, axis) =>
    begins?.[axis] === 0 && (sizes?.[axis] === -1 || sizes?.[axis] === dim) ? [] : [axis],
  );
  if (axes.length === 0) return x;
  const starts = axes.map((axis) => pick(call, begin, axis));
  const ends = axes.map((axis, index) => {
    const given = sizes?.[axis];
    if (given === -1) return call.integers('end', [END]);
    const length = pick(call, size, axis);
    const end = call.add('Add', [starts[index] as Value, length]);
    if (given !== undefined) return end;
    const isOpen = call.add('Less', [length, call.integers('zero', [0])]);
    return call.add('Where', [isOpen, call.integers('end', [END]), end]);
  });
  const shape = x.shape.map((dim, axis): Dim | undefined => {
    const given = sizes?.[axis];
    const start = begins?.[axis];
    if (given !== undefined && given !== -1) return given;
    return given === -1 && start !== undefined ? subtractDims(dim, start) : undefined;
  });
  const inputs = [x, concatenated(call, starts), concatenated(call, ends), call.integers('axes', axes)];
  return shape.every((dim) => dim !== undefined)
    ? call.addShaped('Slice', inputs, {}, shape)
    : call.add('Slice', inputs);
};

interface Bounds {
  readonly start: Value;
  readonly end: Value;
}

/** One element is taken whether its place is known or not; -1 is the last one, and has nothing behind it. */
const boundsOf = (call: OpCall, { place, stride, fromStart, toEnd, single }: AxisSlice): Bounds => {
  const [, begin, end] = call.tensors(0, 3) as [Value, Value, Value];
  const start = fromStart ? call.integers('start', [stride > 0 ? 0 : END]) : pick(call, begin, place);
  if (single) {
    const isLast = contentsOf(start)?.[0] === -1;
    const next = isLast ? call.integers('end', [END]) : call.add('Add', [start, call.integers('one', [1])]);
    return { start, end: next };
  }
  return { start, end: toEnd ? call.integers('end', [stride > 0 ? END : -END]) : pick(call, end, place) };
};

const isWhole = ({ fromStart, toEnd, stride, single }: AxisSlice): boolean =>
  fromStart && toEnd && stride === 1 && !single;

/** A single element of one axis is picked without slicing first. */
const gatherOne = (call: OpCall, x: Value, taken: AxisSlice): Value => {
  const place = pick(call, call.tensor(1), taken.place);
  const index = call.add('Squeeze', [place, call.integers('axes', [0])]);
  return call.add('Gather', [x, index], { axis: int(taken.axis) });
};

const stridedSlice: OpConverter = (call) => {
  const x = call.tensor(0);
  const { slices, newAxes } = readStridedSlice(call, x.shape.length);
  const parts = slices.filter((part) => !isWhole(part));
  const singles = parts.filter((part) => part.single);
  if (singles.length > 0 && parts.some(({ stride, single }) => !single && stride !== 1)) {
    throw call.unsupported('with steps and single elements at once, which tfjs takes from the wrong places');
  }
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && only.single && newAxes.length === 0)
    return gatherOne(call, x, only);
  const bounds = parts.map((part) => boundsOf(call, part));
  let result = x;
  if (parts.length > 0) {
    const steps = parts.map(({ stride }) => stride);
    const inputs = [
      x,
      concatenated(
        call,
        bounds.map(({ start }) => start),
      ),
      concatenated(
        call,
        bounds.map(({ end }) => end),
      ),
      call.integers(
        'axes',
        parts.map(({ axis }) => axis),
      ),
      ...(steps.every((step) => step === 1) ? [] : [call.integers('steps', steps)]),
    ];
    const shape = x.shape.map((_, axis) => (singles.some((single) => single.axis === axis) ? 1 : undefined));
    const sliced = call.add('Slice', inputs);
    result = call.builder.withShape(
      sliced,
      sliced.shape.map((dim, axis) => shape[axis] ?? dim),
    );
  }
  if (singles.length > 0)
    result = call.add('Squeeze', [
      result,
      call.integers(
        'axes',
        singles.map(({ axis }) => axis),
      ),
    ]);
  return newAxes.length > 0 ? call.add('Unsqueeze', [result, call.integers('axes', newAxes)]) : result;
};

/** Operators that cut pieces out. */
export const slicingOps: OpConverters = { Slice: slice, StridedSlice: stridedSlice };
